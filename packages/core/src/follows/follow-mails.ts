import { z } from 'zod';
import type { EventFacts } from '../events/event.ts';
import type { InnerSubscription } from '../events/events.ts';
import { HOST_ISSUER } from '../identities/identity.ts';
import { checkedHandler } from '../jobs/job-payload.ts';
import type { UserId } from '../kernel/ids.ts';
import { idSchema } from '../kernel/input.ts';
import { type MailTexts, mailRecipient } from '../notifications/mail-texts.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobHandler } from '../ports/job-queue.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Storage } from '../ports/storage.ts';
import { isSameAddress } from '../users/email.ts';
import { readSettings } from '../users/settings.ts';
import type { User } from '../users/user.ts';

export const FOLLOW_NOTIFY = 'follow.notify';

/** `user.followed`, and what older releases enqueued: no `id`, or `quiet` as the mark of a mail that was sent. */
const payloadSchema = z.object({
  id: z.string().optional(),
  followerId: idSchema<UserId>(),
  followedId: idSchema<UserId>(),
  quiet: z.boolean().optional(),
});

/** Who follows the same person again within this time is not announced again. */
const QUIET_MS = 24 * 60 * 60 * 1000;

/** Tells people by mail who has begun to follow them, at addresses that are known to be theirs. */
export interface FollowMails {
  /** How `user.followed` becomes a job; null where no mail can be sent, so that nothing is enqueued. */
  readonly subscription: InnerSubscription<'user.followed'> | null;
  readonly notify: JobHandler;
}

export interface FollowMailsNeeds {
  readonly storage: Storage;
  readonly mailer: Mailer;
  readonly mailTexts: MailTexts;
  readonly clock: Clock;
}

// Why: docs/decisions/0014-follow-mails-once-a-day.md
/**
 * Before each attempt, the mail is claimed for the event that it tells of, in one statement: attempts of the same job
 * may go on, and whoever follows, unfollows and follows again is announced once a day, counted from the last attempt.
 * A pair of people is the key of the job, too, so that a follow that changes often before it runs makes one.
 */
export function followMails({ storage, mailer, mailTexts, clock }: FollowMailsNeeds): FollowMails {
  /** The two as they are now, or null where there is nothing, or nobody, to tell. */
  async function stillToTell({ followerId, followedId }: EventFacts['user.followed']) {
    const relationships = await storage.follows.relationships(followerId, [followedId]);
    if (relationships.get(followedId)?.following !== true) return null;
    const users = new Map((await storage.users.findMany([followerId, followedId])).map((u) => [u.id, u]));
    const [follower, followed] = [users.get(followerId), users.get(followedId)];
    if (follower === undefined || follower.suspendedAt !== null) return null;
    if (followed === undefined || followed.suspendedAt !== null) return null;
    if (
      followed.email === null ||
      !readSettings(followed.settings).mailOnFollow ||
      !(await isKnownToBeTheirs(followed))
    )
      return null;
    return { follower, followed, email: followed.email };
  }

  /** By a link that went there, or by the word of a host application. Any other address may be a stranger's. */
  async function isKnownToBeTheirs({ id, email, emailVerifiedAt }: User): Promise<boolean> {
    if (emailVerifiedAt !== null) return true;
    const identities = await storage.identities.listByUser(id);
    return identities.some((one) => one.issuer === HOST_ISSUER && isSameAddress(one.email, email));
  }

  function mayMail(pair: EventFacts['user.followed'], by: string): Promise<boolean> {
    const at = clock.now();
    return storage.follows.claimMail({ ...pair, by, at, quietSince: quietSince(at) });
  }

  return {
    subscription: mailer.enabled ? { job: FOLLOW_NOTIFY, keyOf } : null,

    notify: checkedHandler(FOLLOW_NOTIFY, payloadSchema, async ({ id, followerId, followedId, quiet }) => {
      if (quiet === true || !mailer.enabled) return;
      const pair = { followerId, followedId };
      const news = await stillToTell(pair);
      if (news === null || !(await mayMail(pair, id ?? keyOf(pair)))) return;
      await storage.follows.forgetMails(quietSince(clock.now()));
      const text = mailTexts.followed(mailRecipient(news.followed), {
        follower: { nickname: news.follower.nickname },
      });
      await mailer.send({ to: [news.email], ...text });
    }),
  };
}

function quietSince(now: Date): Date {
  return new Date(now.getTime() - QUIET_MS);
}

function keyOf({ followerId, followedId }: EventFacts['user.followed']): string {
  return `${followerId}>${followedId}`;
}
