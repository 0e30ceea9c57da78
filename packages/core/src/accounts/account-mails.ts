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
  goodbyePayload,
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
const GOODBYE = 'account.mail-goodbye';

/** Nobody's mailbox is filled by a stranger who asks for links: one mail of a kind to an address in this time. */
const QUIET_MS = 2 * 60_000;

/** Whom a notice is for. */
export type Addressee = Pick<User, 'id' | 'email' | 'emailVerifiedAt'>;

/** Mails about accounts. All of them are sent by jobs: nothing here waits for a mail server. */
export interface AccountMails {
  readonly enabled: boolean;
  /**
   * Asks for a link to a new password for whoever has this address. Whether anybody has it is looked up by
   * the job, so that asking takes the same time and does the same for every address.
   */
  requestReset(email: string): Promise<void>;
  /**
   * Sends a link to `email` that makes it the confirmed address of the user, who is locked; not again within two
   * minutes. Whatever ends such links (`accountTokens.deleteByUser`) ends those that are still to be sent, too.
   */
  requestConfirmation(user: Pick<User, 'id'>, email: string, transaction: Transaction): Promise<void>;
  /**
   * Tells the confirmed address of `user` what happened to the account. An address that nobody has confirmed may be a
   * stranger's, who is told nothing, and whose mailbox nobody fills by changing a password again and again.
   */
  notify(user: Addressee, notice: AccountNotice, transaction: Transaction): Promise<void>;
  /** The same, for somebody whose account is deleted. Their name and language go along: nothing else is left. */
  sayGoodbye(user: User, transaction: Transaction): Promise<void>;
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

  /** The secret of a new link; null where the user is not as `mayHave` wants them, or gone. */
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
      // Stands for the request, and is gone when it is taken back. No link has the secret of this hash.
      const request = (await hashOfSecret(newSecret())) ?? '';
      await accountTokens.insert(tokenOf(userId, 'confirm_email', email, request));
      await jobs.enqueue({ name: CONFIRM, payload: { userId, email, request } }, { transaction });
    },

    async notify({ id: userId, email, emailVerifiedAt }, about, transaction) {
      if (!mailer.enabled || email === null || emailVerifiedAt === null) return;
      await jobs.enqueue({ name: NOTICE, payload: { userId, email, ...about } }, { transaction });
    },

    async sayGoodbye({ id, nickname, locale, email, emailVerifiedAt }, transaction) {
      if (!mailer.enabled || email === null || emailVerifiedAt === null) return;
      await jobs.enqueue({ name: GOODBYE, payload: { id, nickname, locale, email } }, { transaction });
    },

    handlers: {
      [RESET]: checkedHandler(RESET, resetPayload, async ({ email, quiet }) => {
        if (quiet === true || !mailer.enabled) return;
        // While it waits, the queue takes no other of the same key: for an address that nobody has, too, or asking
        // again would take longer there.
        const startAt = new Date(clock.now().getTime() + QUIET_MS);
        await jobs.enqueue(
          { name: RESET, payload: { email, quiet: true } },
          { key: email.toLowerCase(), startAt },
        );
        const user = await storage.users.findByEmail(email);
        if (user === null || user.email === null || user.suspendedAt !== null) return;
        const to = user.email;
        const token = await newLink(user, 'reset_password', to, async (now) => isSameAddress(now.email, to));
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

      [GOODBYE]: checkedHandler(GOODBYE, goodbyePayload, async ({ email, ...recipient }) => {
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
