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

/** `user.followed`. Older releases enqueued it without `id`, or with `quiet` to mark a mail that was sent. */
const payloadSchema = z.object({
  id: z.string().optional(),
  followerId: idSchema<UserId>(),
  followedId: idSchema<UserId>(),
  quiet: z.boolean().optional(),
});

/** A second follow of the same person within this time sends no mail. */
const QUIET_MS = 24 * 60 * 60 * 1000;

/** Mails people about new followers, only at addresses that are known to be theirs. */
export interface FollowMails {
  /** How `user.followed` becomes a job. Null if no mail can be sent, so that nothing is enqueued. */
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
 * Each attempt first claims the mail for its event, in one statement. So attempts of one job may repeat, and a pair
 * that follows, unfollows and follows again gets one mail a day, counted from the last attempt. The pair is also the
 * key of the job, so a follow that changes often before the job runs makes one job.
 */
export function followMails({ storage, mailer, mailTexts, clock }: FollowMailsNeeds): FollowMails {
  /** The current follower, recipient and address, or null if no mail is due any more. */
  async function dueMail({ followerId, followedId }: EventFacts['user.followed']) {
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

  /** Confirmed by a mailed link, or stated by the host application. Any other address may belong to a stranger. */
  async function isKnownToBeTheirs({ id, email, emailVerifiedAt }: User): Promise<boolean> {
    if (emailVerifiedAt !== null) return true;
    const identities = await storage.identities.listByUser(id);
    return identities.some((one) => one.issuer === HOST_ISSUER && isSameAddress(one.email, email));
  }

  function claimMail(pair: EventFacts['user.followed'], by: string): Promise<boolean> {
    const at = clock.now();
    return storage.follows.claimMail({ ...pair, by, at, quietSince: quietSince(at) });
  }

  return {
    subscription: mailer.enabled ? { job: FOLLOW_NOTIFY, keyOf } : null,

    notify: checkedHandler(FOLLOW_NOTIFY, payloadSchema, async ({ id, followerId, followedId, quiet }) => {
      if (quiet === true || !mailer.enabled) return;
      const pair = { followerId, followedId };
      const due = await dueMail(pair);
      if (due === null || !(await claimMail(pair, id ?? keyOf(pair)))) return;
      await storage.follows.forgetMails(quietSince(clock.now()));
      const text = mailTexts.followed(mailRecipient(due.followed), {
        follower: { nickname: due.follower.nickname },
      });
      await mailer.send({ to: [due.email], ...text });
    }),
  };
}

function quietSince(now: Date): Date {
  return new Date(now.getTime() - QUIET_MS);
}

function keyOf({ followerId, followedId }: EventFacts['user.followed']): string {
  return `${followerId}>${followedId}`;
}
