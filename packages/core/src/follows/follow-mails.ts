import type { EventFacts } from '../events/event.ts';
import type { InnerSubscription } from '../events/events.ts';
import type { UserId } from '../ids.ts';
import type { MailTexts } from '../notifications/mail-texts.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobHandler, JobQueue } from '../ports/job-queue.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Storage } from '../ports/storage.ts';

export const FOLLOW_NOTIFY = 'follow.notify';

/** Who follows the same person again within this time is not announced again. */
const QUIET_MS = 24 * 60 * 60 * 1000;

/** Tells people by mail who has begun to follow them. */
export interface FollowMails {
  /** How `user.followed` becomes a job; null where no mail can be sent, so that nothing is enqueued. */
  readonly subscription: InnerSubscription<'user.followed'> | null;
  readonly notify: JobHandler;
}

export interface FollowMailsNeeds {
  readonly storage: Storage;
  readonly jobs: JobQueue;
  readonly mailer: Mailer;
  readonly mailTexts: MailTexts;
  readonly clock: Clock;
}

/**
 * A pair of people is the key of its job. Before a mail is sent, a second job of that key is left in the
 * queue, to begin a day later and to do nothing: while it waits, the queue takes no other of the same key, so
 * that following, unfollowing and following again is announced once a day. Nothing else has to remember it.
 */
export function followMails({ storage, jobs, mailer, mailTexts, clock }: FollowMailsNeeds): FollowMails {
  /** The two as they are now, or null where there is nothing, or nobody, to tell. */
  async function stillToTell(followerId: UserId, followedId: UserId) {
    const relationships = await storage.follows.relationships(followerId, [followedId]);
    if (relationships.get(followedId)?.following !== true) return null;
    const users = new Map((await storage.users.findMany([followerId, followedId])).map((u) => [u.id, u]));
    const [follower, followed] = [users.get(followerId), users.get(followedId)];
    if (follower === undefined || follower.suspendedAt !== null) return null;
    if (followed === undefined || followed.suspendedAt !== null) return null;
    if (followed.email === null || !followed.mailOnFollow) return null;
    return { follower, followed, email: followed.email };
  }

  return {
    subscription: mailer.enabled ? { job: FOLLOW_NOTIFY, keyOf } : null,

    async notify({ followerId, followedId, quiet }) {
      if (quiet === true || !mailer.enabled) return;
      const pair = [String(followerId) as UserId, String(followedId) as UserId] as const;
      const news = await stillToTell(...pair);
      if (news === null) return;
      const facts = { followerId: pair[0], followedId: pair[1] };
      const quietJob = { name: FOLLOW_NOTIFY, payload: { ...facts, quiet: true } };
      const startAt = new Date(clock.now().getTime() + QUIET_MS);
      await jobs.enqueue(quietJob, { key: keyOf(facts), startAt });
      const text = mailTexts.followed(news.followed, { follower: news.follower });
      await mailer.send({ to: [news.email], ...text });
    },
  };
}

function keyOf({ followerId, followedId }: EventFacts['user.followed']): string {
  return `${followerId}>${followedId}`;
}
