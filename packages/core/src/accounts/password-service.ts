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
import { findAccount } from '../users/find-account.ts';
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

/** Changing passwords, and setting a new one after it was forgotten. */
export interface PasswordService {
  /**
   * Mails a link to a new password to this address if an account has it; at most one mail in two minutes. The result
   * and the work are the same for every address, so they do not reveal if an account has it.
   * @throws {MicroblogError} `mail_off`; `invalid_input` with the field `email`.
   */
  requestPasswordReset(input: ResetRequestInput): Promise<void>;
  /** What a link to a new password would do. Null for a link that is used, expired or invalid. */
  passwordResetFor(token: string): Promise<PasswordReset | null>;
  /**
   * Sets a new password with the token of a mailed link. A link works once. All sessions and all other mailed links end,
   * and the address of the link becomes confirmed. Identities of sign-in providers are unbound, because the owner of
   * the address may not have bound them. A link to an earlier address of the account is `token_invalid`.
   * @throws {MicroblogError} `token_invalid`, `account_suspended`; `invalid_input` with the field `password`.
   */
  resetPassword(input: PasswordResetInput): Promise<MemberAccount>;
  /**
   * Changes the viewer's password and notifies their confirmed address. All sessions end; the host begins a new one for
   * the viewer. An account without a password gets one by `requestPasswordReset`.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`; `invalid_input` with the fields
   * `currentPassword` (also for a wrong password) and `password`.
   */
  changePassword(viewer: Viewer, input: PasswordChangeInput): Promise<MemberAccount>;
  /**
   * Sets the password of any account, also of one without a password. For administrators; logged. All its sessions end,
   * identities of sign-in providers are unbound, and its confirmed address is notified.
   * @throws {MicroblogError} `sign_in_required`, `account_suspended`, `forbidden`, `user_not_found`;
   * `invalid_input` with the field `password`.
   */
  setPassword(viewer: Viewer, input: NewPasswordOfInput): Promise<MemberAccount>;
  /** Whether the viewer has a password; false for visitors. */
  hasPassword(viewer: Viewer): Promise<boolean>;
  /** Ends all sessions of the viewer, and all mailed links. @throws {MicroblogError} `sign_in_required`. */
  signOutEverywhere(viewer: Viewer): Promise<void>;
}

/** What setting a new password by a link does. */
export interface PasswordReset {
  /** The owner of the account. */
  readonly person: Person;
  /** Whether identities of sign-in providers are bound to the account: a new password unbinds them. */
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

  /** The caller has locked the user. */
  async function save(user: User, passwordHash: string, transaction: Transaction): Promise<void> {
    await transaction.credentials.save({ userId: user.id, passwordHash, changedAt: clock.now() });
    await endLinks(user.id, transaction);
    await mails.notify(user, { notice: 'password_changed' }, transaction);
  }

  async function lock(id: UserId, { users }: Transaction): Promise<User> {
    return requireUser(await users.lock(id));
  }

  /** Null for an invalid or expired link, and for a link to an earlier address of the account. */
  async function userOf(hash: string | null): Promise<User | null> {
    const token = hash === null ? null : await storage.accountTokens.find(hash, 'reset_password');
    if (token === null || token.expiresAt <= clock.now()) return null;
    const user = await storage.users.find(token.userId);
    return user !== null && isSameAddress(user.email, token.email) ? user : null;
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
      // Before the transaction: hashing is slow, and a transaction must not wait for it.
      const passwordHash = await passwordHasher.hash(password);
      const changed = await storage.transaction(async (transaction) => {
        // Lock the user first, as all code does that deletes links.
        const before = await transaction.users.lock(user.id);
        // Taken in this transaction: of two requests with one link, only one changes the password.
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
      const recheck = await needs.passwords.verify(id, currentPassword, 'currentPassword');
      const passwordHash = await passwordHasher.hash(password);
      const changed = await storage.transaction(async (transaction) => {
        const before = await lock(id, transaction);
        await recheck(transaction);
        await save(before, passwordHash, transaction);
        return requireUser(await transaction.users.update(id, { sessionEpoch: before.sessionEpoch + 1 }));
      });
      return present.account(changed);
    },

    async setPassword(viewer, input) {
      const admin = requireAdmin(viewer);
      const { nickname, password } = parseInput(newPasswordOfSchema, input);
      const { id } = await findAccount(storage, nickname);
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

/** All purposes: an intruder may have requested links, also for an address of their own. */
async function endLinks(userId: UserId, { accountTokens }: Transaction): Promise<void> {
  for (const purpose of tokenPurposes) await accountTokens.deleteByUser(userId, purpose);
}

/**
 * An intruder may have bound an identity of their own. An identity with the verified address of the account joins it
 * again at the next sign-in; the owner of the new password binds others again.
 */
async function unbindProviders(userId: UserId, { identities }: Transaction): Promise<void> {
  for (const identity of (await identities.listByUser(userId)).filter(isOfProvider)) {
    await identities.delete(identity.issuer, identity.subject);
  }
}

export function tokenInvalid(): MicroblogError<'token_invalid'> {
  return new MicroblogError(
    'token_invalid',
    'The link was used, has expired, or is incomplete. Ask for another.',
  );
}
