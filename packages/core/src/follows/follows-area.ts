import type { Area, AreaNeeds } from '../area.ts';
import { FOLLOW_NOTIFY, followMails } from './follow-mails.ts';
import { type FollowService, followService } from './follow-service.ts';

/** Who follows whom, and the mails about new followers. */
export function followsArea(needs: AreaNeeds): Area<FollowService> {
  const { notify, subscription } = followMails(needs);
  return {
    service: followService(needs, { usersPerPage: needs.options.postsPerPage }),
    jobs: { [FOLLOW_NOTIFY]: notify },
    subscribe(events) {
      if (subscription !== null) events.enqueueOn('user.followed', subscription);
    },
  };
}
