import { isOfProvider } from '../identities/identity.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import { isSameAddress } from '../users/email.ts';
import { findUser } from '../users/find-user.ts';
import type { Person } from '../users/person.ts';
import { requireActive, requireUser } from '../users/require-user.ts';
import type { User } from '../users/user.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import {
  type NewPasswordOfInput,
  newPasswordOfSchema,
  type PasswordChangeInput,
  type PasswordResetInput,
  passwordChangeSchema,
  passwordResetSchema,
  type ResetRequestInput,
  resetRequestSchema,
} from './account-input.ts';
import type { AccountMails } from './account-mails.ts';
import { hashOfSecret, tokenPurposes } from './account-token.ts';
import type { PasswordCheck } from './password-check.ts';
import { parseViewer, requireAdmin, requireMember, type Viewer } from './viewer.ts';

/** Changing a password, and setting a new one where it was forgotten. */
export interface PasswordService {
  /**
   * Mails a link to a new password to whoever has this address, within two minutes of an earlier one not again. It
   * never tells whether anybody has it, neither by its answer nor by its work.
   * @throws {MicroblogError} `mail_off`; `invalid_input` with the field `email`.
   */
  requestPasswordReset(input: ResetRequestInput): Promise<void>;
  /** What a link to a new password would do. Null for a link that was used, has expired, or never was. */
  passwordResetFor(token: string): Promise<PasswordReset | null>;
  /**
   * Sets a new password with the token of a link, once. All sessions end, other links that were mailed too, and the
   * address that the link went to is confirmed. Identities of sign-in providers are unbound: whoever bound them need
   * not be whose address it is. A link to an address that is no longer the account's is `token_invalid`.
   * @throws {MicroblogError} `token_invalid`, `account_suspended`; `invalid_input` with the field `password`.
   */
  resetPassword(input: PasswordResetInput): Promise<MemberAccount>;
  /**
   * Changes the viewer's password, and tells their confirmed address. All sessions end: whoever hosts this begins the viewer's anew. An account
   * without a password gets one by `requestPasswordReset`.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`; `invalid_input` with the fields
   * `currentPassword` (also where it is wrong) and `password`.
   */
  changePassword(viewer: Viewer, input: PasswordChangeInput): Promise<MemberAccount>;
  /**
   * Gives somebody a password, also who has none: administrators' work, and logged. All their sessions end,
   * identities of sign-in providers are unbound, and their confirmed address is told.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`;
   * `invalid_input` with the field `password`.
   */
  setPassword(viewer: Viewer, input: NewPasswordOfInput): Promise<MemberAccount>;
  /** Whether the viewer has a password; false for visitors. */
  hasPassword(viewer: Viewer): Promise<boolean>;
  /** Ends all of the viewer's sessions, and all links that were mailed. @throws {MicroblogError} `sign_in_required`. */
  signOutEverywhere(viewer: Viewer): Promise<void>;
}

/** What setting a new password by a link does. */
export interface PasswordReset {
  /** Whose password it is. */
  readonly person: Person;
  /** Whether identities of sign-in providers are bound to the account, which a new password unbinds. */
  readonly unbindsIdentities: boolean;
}

export interface PasswordServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly passwordHasher: PasswordHasher;
  readonly mails: AccountMails;
  readonly passwords: PasswordCheck;
  readonly present: UserPresenter;
}

export function passwordService(needs: PasswordServiceNeeds): PasswordService {
  const { storage, clock, logger, passwordHasher, mails, present } = needs;

  /** Whose password changes is locked by whoever calls. */
  async function save(user: User, passwordHash: string, transaction: Transaction): Promise<void> {
    await transaction.credentials.save({ userId: user.id, passwordHash, changedAt: clock.now() });
    await endLinks(user.id, transaction);
    await mails.notify(user, { notice: 'password_changed' }, transaction);
  }

  async function lock(id: UserId, { users }: Transaction): Promise<User> {
    return requireUser(await users.lock(id));
  }

  /** Null for links that are of no use: to an address, too, that is no longer the account's. */
  async function userOf(hash: string | null): Promise<User | null> {
    const kept = hash === null ? null : await storage.accountTokens.find(hash, 'reset_password');
    if (kept === null || kept.expiresAt <= clock.now()) return null;
    const user = await storage.users.find(kept.userId);
    return user !== null && isSameAddress(user.email, kept.email) ? user : null;
  }

  return {
    async requestPasswordReset(input) {
      const { email } = parseInput(resetRequestSchema, input);
      if (!mails.enabled) throw new MicroblogError('mail_off', 'No mail can be sent: set a mailer.');
      await mails.requestReset(email);
    },

    async passwordResetFor(token) {
      const user = await userOf(await hashOfSecret(token));
      if (user === null) return null;
      const identities = await storage.identities.listByUser(user.id);
      return { person: await present.person(user), unbindsIdentities: identities.some(isOfProvider) };
    },

    async resetPassword(input) {
      const { token, password } = parseInput(passwordResetSchema, input);
      const hash = await hashOfSecret(token);
      const user = await userOf(hash);
      if (hash === null || user === null) throw tokenInvalid();
      requireActive(user);
      // Before the transaction: hashing takes long, and a transaction must not wait for it.
      const passwordHash = await passwordHasher.hash(password);
      const changed = await storage.transaction(async (transaction) => {
        // The user first, as everywhere: whoever ends links locks them, too.
        const before = await transaction.users.lock(user.id);
        // Taken in the same transaction as it is used: of two who use it at once, one changes the password.
        const taken = await transaction.accountTokens.take(hash, 'reset_password');
        if (before === null || taken === null || taken.expiresAt <= clock.now()) throw tokenInvalid();
        if (!isSameAddress(before.email, taken.email)) throw tokenInvalid();
        requireActive(before);
        const after = requireUser(
          await transaction.users.update(before.id, {
            sessionEpoch: before.sessionEpoch + 1,
            emailVerifiedAt: clock.now(),
          }),
        );
        await save(after, passwordHash, transaction);
        await unbindProviders(after.id, transaction);
        return after;
      });
      return present.account(changed);
    },

    async changePassword(viewer, input) {
      const { id } = requireMember(viewer);
      const { currentPassword, password } = parseInput(passwordChangeSchema, input);
      const stillHolds = await needs.passwords.verify(id, currentPassword, 'currentPassword');
      const passwordHash = await passwordHasher.hash(password);
      const changed = await storage.transaction(async (transaction) => {
        const before = await lock(id, transaction);
        await stillHolds(transaction);
        await save(before, passwordHash, transaction);
        return requireUser(await transaction.users.update(id, { sessionEpoch: before.sessionEpoch + 1 }));
      });
      return present.account(changed);
    },

    async setPassword(viewer, input) {
      const admin = requireAdmin(viewer);
      const { nickname, password } = parseInput(newPasswordOfSchema, input);
      const { id } = await findUser(storage, nickname);
      const passwordHash = await passwordHasher.hash(password);
      const user = await storage.transaction(async (transaction) => {
        const before = await lock(id, transaction);
        await save(before, passwordHash, transaction);
        await unbindProviders(id, transaction);
        return requireUser(await transaction.users.update(id, { sessionEpoch: before.sessionEpoch + 1 }));
      });
      logger.info({ userId: id, adminId: admin.id }, 'password set by an administrator');
      return present.account(user);
    },

    async hasPassword(viewer) {
      const member = parseViewer(viewer);
      return member !== null && (await storage.credentials.find(member.id)) !== null;
    },

    async signOutEverywhere(viewer) {
      const { id } = requireMember(viewer);
      await storage.transaction(async (transaction) => {
        const user = await transaction.users.lock(id);
        if (user === null) return;
        await transaction.users.update(id, { sessionEpoch: user.sessionEpoch + 1 });
        await endLinks(id, transaction);
      });
    },
  };
}

/** All that were mailed: somebody else may have asked for them, for an address of their own too. */
async function endLinks(userId: UserId, { accountTokens }: Transaction): Promise<void> {
  for (const purpose of tokenPurposes) await accountTokens.deleteByUser(userId, purpose);
}

/**
 * Whoever had the account before may have bound an identity of their own. One that vouches for the account's address
 * joins it by itself at the next sign-in; others are bound anew by who has the password now.
 */
async function unbindProviders(userId: UserId, { identities }: Transaction): Promise<void> {
  for (const identity of (await identities.listByUser(userId)).filter(isOfProvider)) {
    await identities.delete(identity.issuer, identity.subject);
  }
}

export function tokenInvalid(): MicroblogError<'token_invalid'> {
  return new MicroblogError(
    'token_invalid',
    'The link was used, has expired, or is not whole. Ask for another.',
  );
}
