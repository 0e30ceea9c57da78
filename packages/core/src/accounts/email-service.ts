import { MicroblogError } from '../kernel/errors.ts';
import { parseInput } from '../kernel/input.ts';
import type { Clock } from '../ports/clock.ts';
import type { Repositories, Storage, Transaction } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import { isSameAddress } from '../users/email.ts';
import type { Person } from '../users/person.ts';
import { requireActive, requireUser } from '../users/require-user.ts';
import type { User, UserChanges } from '../users/user.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { type EmailChangeInput, emailChangeSchema } from './account-input.ts';
import type { AccountMails } from './account-mails.ts';
import { hashOfSecret } from './account-token.ts';
import type { PasswordCheck } from './password-check.ts';
import { tokenInvalid } from './password-service.ts';
import { parseViewer, requireMember, type Viewer } from './viewer.ts';

/** Changing an e-mail address, and confirming it. */
export interface EmailService {
  /**
   * Mails a link to the viewer's address that confirms it. Nothing happens where it is confirmed, or there is none,
   * and within two minutes of an earlier link.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `mail_off`.
   */
  requestEmailConfirmation(viewer: Viewer): Promise<void>;
  /**
   * Changes the viewer's address. Where mail can be sent, a link goes to the new address, which takes the
   * place of the old one when it is followed: `pending` is true then, and an earlier change that waits is over.
   * Otherwise it changes at once, unconfirmed. An account without a password needs none; its confirmed address is
   * told at once, before anything changes.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `email_taken`; `invalid_input` with the
   * fields `email` and `password` (also where it is wrong).
   */
  changeEmail(
    viewer: Viewer,
    input: EmailChangeInput,
  ): Promise<{ readonly user: MemberAccount; readonly pending: boolean }>;
  /** The address that waits to take the place of the viewer's; null where none does. */
  pendingEmail(viewer: Viewer): Promise<string | null>;
  /**
   * Takes a change of the address back that waits. Says whether there was one.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`.
   */
  cancelEmailChange(viewer: Viewer): Promise<boolean>;
  /** Whose address a link would confirm; null for one that was used, has expired, or never was. */
  emailConfirmationFor(token: string): Promise<Person | null>;
  /**
   * Makes the address that a link went to the confirmed one of its account, once. The earlier address is
   * told, if it was confirmed, and all sessions stay. An address that takes the place of another needs its owner signed in.
   * Returns whose account it is.
   * @throws {MicroblogError} `token_invalid`, `account_suspended`, `email_taken`, `sign_in_required`.
   */
  confirmEmail(viewer: Viewer, token: string): Promise<Person>;
}

export interface EmailServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly mails: AccountMails;
  readonly passwords: PasswordCheck;
  readonly present: UserPresenter;
}

// Why: docs/decisions/0022-pending-address.md
export function emailService(needs: EmailServiceNeeds): EmailService {
  const { storage, clock, mails, passwords, present } = needs;
  async function self(viewer: Viewer): Promise<User> {
    return requireUser(await storage.users.find(requireMember(viewer).id));
  }

  async function changesThatWait({ id, email }: User, { accountTokens }: Repositories) {
    const all = await accountTokens.listByUser(id, 'confirm_email');
    return all.filter((token) => !isSameAddress(token.email, email));
  }

  /** Says whether there was anything to take back. */
  async function takeBack(user: User, transaction: Transaction, { but = null as string | null } = {}) {
    const over = (await changesThatWait(user, transaction)).filter(
      (token) => !isSameAddress(token.email, but),
    );
    for (const { hash } of over) await transaction.accountTokens.take(hash, 'confirm_email');
    return over.length > 0;
  }

  return {
    async requestEmailConfirmation(viewer) {
      const { id } = await self(viewer);
      if (!mails.enabled) throw new MicroblogError('mail_off', 'No mail can be sent: set a mailer.');
      await storage.transaction(async (transaction) => {
        const user = await transaction.users.lock(id);
        if (user === null || user.email === null || user.emailVerifiedAt !== null) return;
        await mails.requestConfirmation(user, user.email, transaction);
      });
    },

    async changeEmail(viewer, input) {
      const { id } = await self(viewer);
      const { email, password } = parseInput(emailChangeSchema, input);
      const stillHolds = await passwords.verifyIfAny(id, password, 'password');
      const { user, pending } = await storage.transaction(async (transaction) => {
        const { users, accountTokens, credentials } = transaction;
        const user = requireUser(await users.lock(id));
        await stillHolds(transaction);
        const changed = async (changes: UserChanges) => {
          return { user: (await users.update(id, changes)) ?? user, pending: false };
        };
        if (isSameAddress(email, user.email)) {
          // Who asks for their own address takes an earlier change back.
          await accountTokens.deleteByUser(id, 'confirm_email');
          return changed({ email });
        }
        if ((await users.findByEmail(email)) !== null) throw emailTaken();
        if (!mails.enabled) return changed({ email, emailVerifiedAt: null });
        await takeBack(user, transaction, { but: email });
        await mails.requestConfirmation(user, email, transaction);
        // A session is all that it takes there.
        if ((await credentials.find(id)) === null) {
          await mails.notify(user, { notice: 'email_change_requested' }, transaction);
        }
        return { user, pending: true };
      });
      return { user: await present.account(user), pending };
    },

    async pendingEmail(viewer) {
      const member = parseViewer(viewer);
      if (member === null) return null;
      const user = await storage.users.find(member.id);
      const [latest] = user === null ? [] : await changesThatWait(user, storage);
      return latest !== undefined && latest.expiresAt > clock.now() ? latest.email : null;
    },

    async cancelEmailChange(viewer) {
      const { id } = requireMember(viewer);
      return storage.transaction(async (transaction) => {
        const user = await transaction.users.lock(id);
        return user !== null && (await takeBack(user, transaction));
      });
    },

    async emailConfirmationFor(token) {
      const hash = await hashOfSecret(token);
      const kept = hash === null ? null : await storage.accountTokens.find(hash, 'confirm_email');
      const user =
        kept === null || kept.expiresAt <= clock.now() ? null : await storage.users.find(kept.userId);
      return user === null ? null : present.person(user);
    },

    async confirmEmail(viewer, token) {
      const member = parseViewer(viewer);
      const hash = await hashOfSecret(token);
      const found = hash === null ? null : await storage.accountTokens.find(hash, 'confirm_email');
      if (hash === null || found === null) throw tokenInvalid();
      const confirmed = await storage.transaction(async (transaction) => {
        // The user first, as everywhere: whoever ends links locks them, too.
        const before = await transaction.users.lock(found.userId);
        const taken = await transaction.accountTokens.take(hash, 'confirm_email');
        if (taken === null || taken.expiresAt <= clock.now()) throw tokenInvalid();
        if (before === null) throw tokenInvalid();
        requireActive(before);
        const isChange = before.email !== null && !isSameAddress(before.email, taken.email);
        // An address may have been mistyped: whoever reads its mail must not get the account with it.
        if (isChange && member?.id !== before.id) {
          throw new MicroblogError('sign_in_required', 'Only its owner changes the address of an account.');
        }
        const user = await transaction.users.update(before.id, {
          email: taken.email,
          emailVerifiedAt: clock.now(),
        });
        await transaction.accountTokens.deleteByUser(before.id, 'confirm_email');
        if (isChange) {
          // Links that went to the old address must not open the account any more.
          await transaction.accountTokens.deleteByUser(before.id, 'reset_password');
          await mails.notify(before, { notice: 'email_changed' }, transaction);
        }
        return user ?? before;
      });
      return present.person(confirmed);
    },
  };
}

function emailTaken(): MicroblogError<'email_taken'> {
  return new MicroblogError('email_taken', 'The email is in use.', {
    details: { fields: [{ field: 'email', problem: 'taken', params: {} }] },
  });
}
