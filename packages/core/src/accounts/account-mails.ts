import { checkedHandler } from '../jobs/job-payload.ts';
import type { UserId } from '../kernel/ids.ts';
import {
  type MailRecipient,
  type MailText,
  type MailTexts,
  mailRecipient,
} from '../notifications/mail-texts.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobHandlers, JobQueue } from '../ports/job-queue.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import { isSameAddress } from '../users/email.ts';
import type { User } from '../users/user.ts';
import {
  type AccountNotice,
  confirmationPayload,
  deletionPayload,
  noticePayload,
  resetPayload,
} from './account-mail-payloads.ts';
import {
  type AccountToken,
  hashOfSecret,
  newSecret,
  TOKEN_LIFETIMES,
  type TokenPurpose,
} from './account-token.ts';

const RESET = 'account.mail-reset';
const CONFIRM = 'account.mail-confirmation';
const NOTICE = 'account.mail-notice';
const DELETED = 'account.mail-goodbye';

/** At most one mail of a kind to an address in this time, so that strangers can't flood a mailbox. */
const QUIET_MS = 2 * 60_000;

/** The recipient of a notice. */
export type NoticeRecipient = Pick<User, 'id' | 'email' | 'emailVerifiedAt'>;

/** Mails about accounts. Jobs send them: no call here waits for a mail server. */
export interface AccountMails {
  readonly enabled: boolean;
  /**
   * Requests a mail with a link to a new password for the account with this address. Only the job looks the address
   * up, so this call takes the same time and does the same for every address.
   */
  requestReset(email: string): Promise<void>;
  /**
   * Mails a link to `email` that makes it the confirmed address of the user. The caller has locked the user. Sends at
   * most one mail in two minutes. `accountTokens.deleteByUser` also cancels links that are not sent yet.
   */
  requestConfirmation(user: Pick<User, 'id'>, email: string, transaction: Transaction): Promise<void>;
  /**
   * Notifies the confirmed address of `user` about a change. Sends nothing to an unconfirmed address: it may belong to
   * a stranger, who must not learn of the account or get many mails.
   */
  notify(user: NoticeRecipient, notice: AccountNotice, transaction: Transaction): Promise<void>;
  /** Notifies the owner of a deleted account. The job carries nickname and language, as the account no longer exists. */
  notifyDeletion(user: User, transaction: Transaction): Promise<void>;
  readonly handlers: JobHandlers;
}

export interface AccountMailsNeeds {
  readonly storage: Storage;
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly mailer: Mailer;
  readonly mailTexts: MailTexts;
  readonly clock: Clock;
}

export function accountMails({ storage, jobs, mailer, mailTexts, clock }: AccountMailsNeeds): AccountMails {
  function tokenOf(userId: UserId, purpose: TokenPurpose, email: string, hash: string): AccountToken {
    const expiresAt = new Date(clock.now().getTime() + TOKEN_LIFETIMES[purpose]);
    return { hash, userId, purpose, email, expiresAt };
  }

  /** The secret of a new link. Null if the user is deleted, or `mayHave` refuses. */
  async function newLink(
    { id }: User,
    purpose: TokenPurpose,
    email: string,
    mayHave: (user: User, transaction: Transaction) => Promise<boolean>,
  ): Promise<string | null> {
    const secret = newSecret();
    const hash = (await hashOfSecret(secret)) ?? '';
    return storage.transaction(async (transaction) => {
      const { users, accountTokens } = transaction;
      const user = await users.lock(id);
      if (user === null || !(await mayHave(user, transaction))) return null;
      await accountTokens.deleteExpired(clock.now());
      await accountTokens.insert(tokenOf(id, purpose, email, hash));
      return secret;
    });
  }

  const activeUser = async (id: UserId): Promise<User | null> => {
    const user = await storage.users.find(id);
    return user === null || user.suspendedAt !== null ? null : user;
  };

  return {
    enabled: mailer.enabled,

    async requestReset(email) {
      await jobs.enqueue({ name: RESET, payload: { email } }, { key: email.toLowerCase() });
    },

    async requestConfirmation({ id: userId }, email, transaction) {
      const { accountTokens } = transaction;
      const quietSince = clock.now().getTime() - QUIET_MS + TOKEN_LIFETIMES.confirm_email;
      const asked = await accountTokens.listByUser(userId, 'confirm_email');
      const isQuiet = asked.some(
        (token) => isSameAddress(token.email, email) && token.expiresAt.getTime() > quietSince,
      );
      if (isQuiet) return;
      // Represents the request and is deleted with it. No link has the secret of this hash.
      const request = (await hashOfSecret(newSecret())) ?? '';
      await accountTokens.insert(tokenOf(userId, 'confirm_email', email, request));
      await jobs.enqueue({ name: CONFIRM, payload: { userId, email, request } }, { transaction });
    },

    async notify({ id: userId, email, emailVerifiedAt }, about, transaction) {
      if (!mailer.enabled || email === null || emailVerifiedAt === null) return;
      await jobs.enqueue({ name: NOTICE, payload: { userId, email, ...about } }, { transaction });
    },

    async notifyDeletion({ id, nickname, locale, email, emailVerifiedAt }, transaction) {
      if (!mailer.enabled || email === null || emailVerifiedAt === null) return;
      await jobs.enqueue({ name: DELETED, payload: { id, nickname, locale, email } }, { transaction });
    },

    handlers: {
      [RESET]: checkedHandler(RESET, resetPayload, async ({ email, quiet }) => {
        if (quiet === true || !mailer.enabled) return;
        // While this job waits, the queue accepts no other with its key. Unknown addresses get it too, or a second
        // request would take longer for them.
        const startAt = new Date(clock.now().getTime() + QUIET_MS);
        await jobs.enqueue(
          { name: RESET, payload: { email, quiet: true } },
          { key: email.toLowerCase(), startAt },
        );
        const user = await storage.users.findByEmail(email);
        if (user === null || user.email === null || user.suspendedAt !== null) return;
        const to = user.email;
        const token = await newLink(user, 'reset_password', to, async (current) =>
          isSameAddress(current.email, to),
        );
        if (token !== null)
          await mailer.send({ to: [to], ...mailTexts.passwordReset(mailRecipient(user), { token }) });
      }),

      [CONFIRM]: checkedHandler(CONFIRM, confirmationPayload, async ({ userId, email, request }) => {
        const user = mailer.enabled ? await activeUser(userId) : null;
        if (user === null) return;
        const token = await newLink(user, 'confirm_email', email, async (_user, { accountTokens }) => {
          return (await accountTokens.find(request, 'confirm_email')) !== null;
        });
        if (token === null) return;
        await mailer.send({ to: [email], ...mailTexts.emailConfirmation(mailRecipient(user), { token }) });
      }),

      [NOTICE]: checkedHandler(NOTICE, noticePayload, async ({ userId, email, ...about }) => {
        const user = mailer.enabled ? await activeUser(userId) : null;
        if (user === null) return;
        await mailer.send({ to: [email], ...noticeText(mailTexts, mailRecipient(user), about) });
      }),

      [DELETED]: checkedHandler(DELETED, deletionPayload, async ({ email, ...recipient }) => {
        if (!mailer.enabled) return;
        await mailer.send({ to: [email], ...mailTexts.accountDeleted(recipient) });
      }),
    },
  };
}

function noticeText(mailTexts: MailTexts, user: MailRecipient, about: AccountNotice): MailText {
  switch (about.notice) {
    case 'password_changed':
      return mailTexts.passwordChanged(user);
    case 'email_change_requested':
      return mailTexts.emailChangeRequested(user);
    case 'email_changed':
      return mailTexts.emailChanged(user);
    case 'identity_linked':
      return mailTexts.identityLinked(user, about);
    case 'identity_unlinked':
      return mailTexts.identityUnlinked(user, about);
  }
}
