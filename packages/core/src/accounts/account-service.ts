import type { EventRecorder } from '../events/events.ts';
import { type IdentityService, identityService } from '../identities/identity-service.ts';
import { isMicroblogError, MicroblogError } from '../kernel/errors.ts';
import { retryOnIdClash } from '../kernel/id-clash.ts';
import { parseId, type UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import { isUsable } from '../kernel/text.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdGenerator } from '../ports/id-generator.ts';
import type { Logger } from '../ports/logger.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Storage } from '../ports/storage.ts';
import type { MemberAccount } from '../users/account.ts';
import { findByAddress, withoutAt } from '../users/find-account.ts';
import { requireActive } from '../users/require-user.ts';
import { type IsReserved, nicknameReserved } from '../users/reserved-nicknames.ts';
import type { User } from '../users/user.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { type AccountAdministration, accountAdministration } from './account-administration.ts';
import { type AccountDeletion, accountDeletion } from './account-deletion.ts';
import {
  MAX_PASSWORD_LENGTH,
  type RegistrationInput,
  registrationSchema,
  type SessionInput,
  type SignInInput,
  sessionSchema,
  signInSchema,
} from './account-input.ts';
import type { AccountMails } from './account-mails.ts';
import { type EmailService, emailService } from './email-service.ts';
import { passwordCheck } from './password-check.ts';
import { type PasswordService, passwordService } from './password-service.ts';
import { isAdmin, parseViewer, type Viewer } from './viewer.ts';

/** Accounts: registration, sign-in and sessions, and everything in the interfaces it extends. */
export interface AccountService
  extends PasswordService,
    EmailService,
    IdentityService,
    AccountDeletion,
    AccountAdministration {
  /**
   * Creates an account with a password. While registration is closed, only administrators can. Only administrators
   * can give another role than `member`, and a reserved nickname.
   * @throws {MicroblogError} `registration_closed`, `forbidden`; `invalid_input` with the fields `nickname`, `email`,
   * `password`; `nickname_taken`, `email_taken`, with the field in `details.fields`.
   */
  register(viewer: Viewer, input: RegistrationInput): Promise<MemberAccount>;
  /**
   * The account with this nickname or e-mail address, and this password. An unknown login and a wrong password cost the
   * same work and throw the same error.
   * @throws {MicroblogError} `invalid_input` for an empty field, `sign_in_failed`; `account_suspended` only if the
   * password is right.
   */
  signIn(input: SignInInput): Promise<MemberAccount>;
  /**
   * The account of an earlier session. Null if the account is deleted or suspended, and if the session's epoch is
   * not the current one.
   * @throws {MicroblogError} `invalid_input` for a session of the wrong form.
   */
  resumeSession(session: SessionInput): Promise<MemberAccount | null>;
}

export interface AccountServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  readonly passwordHasher: PasswordHasher;
  readonly events: EventRecorder;
  readonly mails: AccountMails;
  readonly present: UserPresenter;
}

export function accountService(
  needs: AccountServiceNeeds,
  options: {
    readonly registration: 'open' | 'closed';
    readonly usersPerPage: number;
    readonly isReserved: IsReserved;
  },
): AccountService {
  const { storage, clock, ids, logger, passwordHasher, events, mails, present } = needs;
  const withPasswords = { ...needs, passwords: passwordCheck(needs) };

  // Compared with the password of an unknown login, so that it takes as long as a wrong password.
  let decoy: Promise<string> | undefined;
  const decoyHash = () => {
    decoy ??= passwordHasher.hash(crypto.randomUUID()).catch((error: unknown) => {
      // The next sign-in makes it again: one failure must not block all later ones.
      decoy = undefined;
      throw error;
    });
    return decoy;
  };

  return {
    ...passwordService(withPasswords),
    ...emailService(withPasswords),
    ...accountDeletion(withPasswords),
    ...accountAdministration(needs, options),
    ...identityService(withPasswords, options),

    async register(viewer, input) {
      const byAdmin = isAdmin(parseViewer(viewer));
      if (options.registration === 'closed' && !byAdmin) {
        throw new MicroblogError('registration_closed', 'Registration is closed here.');
      }
      const { nickname, email, password, locale, role } = parseInput(registrationSchema, input);
      if (role !== 'member' && !byAdmin) {
        throw new MicroblogError('forbidden', 'Only an administrator can give this role.');
      }
      if (!byAdmin && options.isReserved(nickname)) throw nicknameReserved();
      // Before the transaction: hashing is slow, and a transaction must not wait for it.
      const passwordHash = await passwordHasher.hash(password);
      const registered = await retryOnIdClash(() =>
        storage.transaction(async (transaction) => {
          const { users, credentials } = transaction;
          const createdAt = clock.now();
          const id = ids.next<UserId>();
          const user = await users.insert({ id, nickname, email, locale, role, createdAt });
          await credentials.save({ userId: user.id, passwordHash, changedAt: createdAt });
          await events.record(transaction, 'user.registered', { userId: user.id, nickname: user.nickname });
          if (mails.enabled) await mails.requestConfirmation(user, email, transaction);
          return user;
        }),
      );
      return present.account(registered);
    },

    async signIn(input) {
      const { login, password } = parseInput(signInSchema, input);
      const unknownHash = await decoyHash();
      const user = await findByLogin(login);
      // Read for an unknown login too: both cases make the same reads.
      const credential = await storage.credentials.find(user?.id ?? ('0' as UserId));
      // A password above the maximum length must not cost more work.
      const typed = password.slice(0, MAX_PASSWORD_LENGTH + 1);
      const hash = credential?.passwordHash ?? unknownHash;
      const isRight = await passwordHasher.verify(hash, typed);
      if (credential !== null && !passwordHasher.recognizes(hash)) {
        logger.warn(
          { userId: credential.userId },
          "password hash of an unknown hasher: its owner can't sign in with it",
        );
      }
      if (user === null || credential === null || !isRight) {
        throw new MicroblogError('sign_in_failed', 'Unknown login or wrong password.');
      }
      requireActive(user);
      if (passwordHasher.needsRehash(hash)) await rehash(user.id, typed, hash);
      return present.account(user);
    },

    async resumeSession(session) {
      const { userId, epoch } = parseInput(sessionSchema, session);
      const id = parseId<UserId>(userId);
      const user = id === null ? null : await storage.users.find(id);
      if (user === null || user.suspendedAt !== null || user.sessionEpoch !== epoch) return null;
      return present.account(user);
    },
  };

  /** Null without a read if `login` is a text that storages can't hold. */
  async function findByLogin(login: string): Promise<User | null> {
    if (!isUsable(login)) return null;
    const nickname = withoutAt(login);
    return nickname.includes('@') ? findByAddress(storage, login) : storage.users.findByNickname(nickname);
  }

  /** A failure is only logged: the sign-in succeeds with the old hash. */
  async function rehash(userId: UserId, password: string, before: string): Promise<void> {
    try {
      const passwordHash = await passwordHasher.hash(password);
      await storage.transaction(async ({ users, credentials }) => {
        await users.lock(userId);
        // Keep a password that was set meanwhile.
        if ((await credentials.find(userId))?.passwordHash !== before) return;
        await credentials.save({ userId, passwordHash, changedAt: clock.now() });
      });
    } catch (error) {
      if (!isMicroblogError(error)) throw error;
      logger.warn({ err: error, userId }, 'password hash could not be renewed');
    }
  }
}
