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
import { hashOfSecret, hashOfUsedLink } from './account-token.ts';
import type { PasswordCheck } from './password-check.ts';
import { tokenInvalid } from './password-service.ts';
import { parseViewer, requireMember, type Viewer } from './viewer.ts';

/** Changing and confirming e-mail addresses. */
export interface EmailService {
  /**
   * Mails a link to the viewer's address that confirms it; at most one mail in two minutes. Does nothing if the address
   * is confirmed or missing.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `mail_off`.
   */
  requestEmailConfirmation(viewer: Viewer): Promise<void>;
  /**
   * Changes the viewer's address. If mail can be sent, `pending` is true: a link goes to the new address, and opening it
   * makes the change; an earlier pending change is cancelled. If not, the address changes at once, unconfirmed.
   * An account without a password needs none; its confirmed address is then notified at once, before the change.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `email_taken`; `invalid_input` with the
   * fields `email` and `password` (also for a wrong password).
   */
  changeEmail(
    viewer: Viewer,
    input: EmailChangeInput,
  ): Promise<{ readonly user: MemberAccount; readonly pending: boolean }>;
  /** The viewer's new address that waits for confirmation; null without one. */
  pendingEmail(viewer: Viewer): Promise<string | null>;
  /**
   * Cancels a pending change of the address. Returns false if there was none.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`.
   */
  cancelEmailChange(viewer: Viewer): Promise<boolean>;
  /** The person whose address a link would confirm. Null for a link that is used, expired or invalid. */
  emailConfirmationFor(token: string): Promise<Person | null>;
  /** True if this link was used less than a week ago, and the account still has that address, confirmed. */
  isEmailConfirmedBy(token: string): Promise<boolean>;
  /**
   * Makes the address of a mailed link the confirmed address of its account. A link works once. The earlier address is
   * notified if it was confirmed. Sessions stay. If the address changes, the viewer must be the owner of the account.
   * Returns the owner.
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

  async function pendingChanges({ id, email }: User, { accountTokens }: Repositories) {
    const all = await accountTokens.listByUser(id, 'confirm_email');
    return all.filter((token) => !isSameAddress(token.email, email));
  }

  /** Cancels pending changes, except the one to `but`. Returns false if there was none. */
  async function cancelChanges(user: User, transaction: Transaction, { but = null as string | null } = {}) {
    const cancelled = (await pendingChanges(user, transaction)).filter(
      (token) => !isSameAddress(token.email, but),
    );
    for (const { hash } of cancelled) await transaction.accountTokens.take(hash, 'confirm_email');
    return cancelled.length > 0;
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
      const recheck = await passwords.verifyIfAny(id, password, 'password');
      const { user, pending } = await storage.transaction(async (transaction) => {
        const { users, accountTokens, credentials } = transaction;
        const user = requireUser(await users.lock(id));
        await recheck(transaction);
        const changed = async (changes: UserChanges) => {
          return { user: (await users.update(id, changes)) ?? user, pending: false };
        };
        if (isSameAddress(email, user.email)) {
          // Asking for the current address cancels an earlier change.
          await accountTokens.deleteByUser(id, 'confirm_email');
          return changed({ email });
        }
        if ((await users.findByEmail(email)) !== null) throw emailTaken();
        if (!mails.enabled) {
          // A used link of the earlier address must not look like a pending change.
          await accountTokens.deleteByUser(id, 'confirm_email');
          return changed({ email, emailVerifiedAt: null });
        }
        await cancelChanges(user, transaction, { but: email });
        await mails.requestConfirmation(user, email, transaction);
        // Without a password, a stolen session is enough to ask for this.
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
      const [latest] = user === null ? [] : await pendingChanges(user, storage);
      return latest !== undefined && latest.expiresAt > clock.now() ? latest.email : null;
    },

    async cancelEmailChange(viewer) {
      const { id } = requireMember(viewer);
      return storage.transaction(async (transaction) => {
        const user = await transaction.users.lock(id);
        return user !== null && (await cancelChanges(user, transaction));
      });
    },

    async emailConfirmationFor(token) {
      const hash = await hashOfSecret(token);
      const stored = hash === null ? null : await storage.accountTokens.find(hash, 'confirm_email');
      const user =
        stored === null || stored.expiresAt <= clock.now() ? null : await storage.users.find(stored.userId);
      return user === null ? null : present.person(user);
    },

    async isEmailConfirmedBy(token) {
      const hash = await hashOfSecret(token);
      if (hash === null) return false;
      const used = await storage.accountTokens.find(await hashOfUsedLink(hash), 'confirm_email');
      if (used === null || used.expiresAt <= clock.now()) return false;
      const user = await storage.users.find(used.userId);
      return user !== null && user.emailVerifiedAt !== null && isSameAddress(user.email, used.email);
    },

    async confirmEmail(viewer, token) {
      const member = parseViewer(viewer);
      const hash = await hashOfSecret(token);
      const found = hash === null ? null : await storage.accountTokens.find(hash, 'confirm_email');
      if (hash === null || found === null) throw tokenInvalid();
      const usedHash = await hashOfUsedLink(hash);
      const confirmed = await storage.transaction(async (transaction) => {
        // Lock the user first, as all code does that deletes links.
        const before = await transaction.users.lock(found.userId);
        const taken = await transaction.accountTokens.take(hash, 'confirm_email');
        if (taken === null || taken.expiresAt <= clock.now()) throw tokenInvalid();
        if (before === null) throw tokenInvalid();
        requireActive(before);
        const isChange = before.email !== null && !isSameAddress(before.email, taken.email);
        // The address may be mistyped: its reader must not get the account.
        if (isChange && member?.id !== before.id) {
          throw new MicroblogError(
            'sign_in_required',
            'Only the signed-in owner can change the address of the account.',
          );
        }
        const user = await transaction.users.update(before.id, {
          email: taken.email,
          emailVerifiedAt: clock.now(),
        });
        await transaction.accountTokens.deleteByUser(before.id, 'confirm_email');
        await transaction.accountTokens.insert({ ...taken, hash: usedHash });
        if (isChange) {
          // Links in mails to the old address must stop working.
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
  return new MicroblogError('email_taken', 'The e-mail address is in use.', {
    details: { fields: [{ field: 'email', problem: 'taken', params: {} }] },
  });
}
