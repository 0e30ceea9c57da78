import type { Person } from '@microblog/core';
import type { ViewHost } from '../../http/host.ts';
import { countKey, personCount } from '../../views/counts.ts';
import type { Toggle } from '../routing/toggle.ts';

/** Follow and unfollow. */
export function followToggle({ microblog, site: { urls } }: ViewHost): Toggle<{ readonly user: Person }> {
  const { follows } = microblog;
  return {
    path: '/user/:nickname',
    act: {
      name: 'follow',
      flash: 'followed',
      run: (viewer, ctx) => follows.follow(viewer, ctx.params.nickname),
    },
    undo: {
      name: 'unfollow',
      flash: 'unfollowed',
      run: (viewer, ctx) => follows.unfollow(viewer, ctx.params.nickname),
    },
    state: 'following',
    nickname: ({ user }) => user.nickname,
    counts: ({ user }, step, viewer, { state: { translate } }) => ({
      [countKey(user, 'followers')]: personCount(translate, 'followers', user.followerCount + step),
      [countKey(viewer, 'following')]: personCount(translate, 'following', viewer.followingCount + step),
    }),
    to: ({ user }) => urls.profile(user),
  };
}
