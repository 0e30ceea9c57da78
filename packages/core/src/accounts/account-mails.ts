import { parseId, type UserId } from '../ids.ts';
import type { MailTexts } from '../notifications/mail-texts.ts';
import type { Clock } from '../ports/clock.ts';
import type { JobHandlers, JobQueue } from '../ports/job-queue.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { Repositories, Storage, Transaction } from '../ports/storage.ts';
import type { User } from '../users/user.ts';
import { hashOfSecret, newSecret, type TokenPurpose } from './account-token.ts';

const RESET = 'account.mail-reset';
const CONFIRM = 'account.mail-confirmation';
const NOTICE = 'account.mail-notice';
const GOODBYE = 'account.mail-goodbye';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A link to a new password lasts an hour; one that confirms an address, a week. */
const LIFETIMES: Readonly<Record<TokenPurpose, number>> = {
  reset_password: HOUR,
  confirm_email: 7 * 24 * HOUR,
};
/** Nobody's mailbox is filled by a stranger who asks for resets: one mail to an address in this time. */
const QUIET_MS = 2 * MINUTE;

/** What somebody is told about after it happened, so that they hear of what was not their doing. */
export type AccountNotice = 'password_changed' | 'email_changed';

/** Mails about accounts. All of them are sent by jobs: nothing here waits for a mail server. */
export interface AccountMails {
  readonly enabled: boolean;
  /**
   * Asks for a link to a new password for whoever has this address. Whether anybody has it is looked up by
   * the job, so that asking takes the same time and does the same for every address.
   */
  requestReset(email: string): Promise<void>;
  /**
   * Sends a link to `email` that makes it the confirmed address of the user. A change of password, or signing
   * out everywhere, ends such links, those that are still to be sent too.
   */
  requestConfirmation(
    user: Pick<User, 'id' | 'sessionEpoch'>,
    email: string,
    transaction?: Transaction,
  ): Promise<void>;
  /** Tells `email` what happened to the account. */
  notify(userId: UserId, email: string, notice: AccountNotice, transaction: Transaction): Promise<void>;
  /** Tells somebody whose account is deleted that it is. Their name and language go along: nothing else is left. */
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
  async function newToken(user: User, purpose: TokenPurpose, email: string): Promise<string> {
    const secret = newSecret();
    const hash = (await hashOfSecret(secret)) ?? '';
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + LIFETIMES[purpose]);
    await storage.transaction(async ({ accountTokens }: Repositories) => {
      await accountTokens.deleteExpired(now);
      await accountTokens.insert({ hash, userId: user.id, purpose, email, expiresAt });
    });
    return secret;
  }

  const activeUser = async (id: unknown): Promise<User | null> => {
    const userId = parseId<UserId>(String(id));
    const user = userId === null ? null : await storage.users.find(userId);
    return user === null || user.suspendedAt !== null ? null : user;
  };

  return {
    enabled: mailer.enabled,

    async requestReset(email) {
      await jobs.enqueue({ name: RESET, payload: { email } }, { key: email.toLowerCase() });
    },

    async requestConfirmation({ id: userId, sessionEpoch: epoch }, email, transaction) {
      const job = { name: CONFIRM, payload: { userId, email, epoch } };
      await jobs.enqueue(job, {
        key: `${userId} ${epoch} ${email.toLowerCase()}`,
        ...(transaction && { transaction }),
      });
    },

    async notify(userId, email, notice, transaction) {
      await jobs.enqueue({ name: NOTICE, payload: { userId, email, notice } }, { transaction });
    },

    async sayGoodbye({ id, nickname, locale, email }, transaction) {
      if (email === null) return;
      await jobs.enqueue({ name: GOODBYE, payload: { id, nickname, locale, email } }, { transaction });
    },

    handlers: {
      async [RESET]({ email, quiet }) {
        if (quiet === true || !mailer.enabled) return;
        const user = await storage.users.findByEmail(String(email));
        if (user === null || user.email === null || user.suspendedAt !== null) return;
        // While it waits, the queue takes no other of the same key.
        const startAt = new Date(clock.now().getTime() + QUIET_MS);
        await jobs.enqueue(
          { name: RESET, payload: { email: user.email, quiet: true } },
          { key: user.email.toLowerCase(), startAt },
        );
        const token = await newToken(user, 'reset_password', user.email);
        await mailer.send({ to: [user.email], ...mailTexts.passwordReset(user, { token }) });
      },

      async [CONFIRM]({ userId, email, epoch }) {
        const user = mailer.enabled ? await activeUser(userId) : null;
        if (user === null || user.sessionEpoch !== epoch) return;
        const token = await newToken(user, 'confirm_email', String(email));
        await mailer.send({ to: [String(email)], ...mailTexts.emailConfirmation(user, { token }) });
      },

      async [NOTICE]({ userId, email, notice }) {
        const user = mailer.enabled ? await activeUser(userId) : null;
        if (user === null) return;
        const text =
          notice === 'email_changed' ? mailTexts.emailChanged(user) : mailTexts.passwordChanged(user);
        await mailer.send({ to: [String(email)], ...text });
      },

      async [GOODBYE]({ id, nickname, locale, email }) {
        const userId = parseId<UserId>(String(id));
        if (!mailer.enabled || userId === null) return;
        const recipient = {
          id: userId,
          nickname: String(nickname),
          locale: locale === null ? null : String(locale),
        };
        await mailer.send({ to: [String(email)], ...mailTexts.accountDeleted(recipient) });
      },
    },
  };
}
