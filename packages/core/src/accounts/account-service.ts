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
import type { User } from '../users/user.ts';
import { type AccountAdministration, accountAdministration } from './account-administration.ts';
import { type AccountDeletion, accountDeletion } from './account-deletion.ts';
import {
  MAX_PASSWORD_LENGTH,
  type RegistrationInput,
  registrationSchema,
  type SignInInput,
  signInSchema,
} from './account-input.ts';
import type { AccountMails } from './account-mails.ts';
import { type EmailService, emailService } from './email-service.ts';
import { passwordCheck } from './password-check.ts';
import { type PasswordService, passwordService } from './password-service.ts';
import { isAdmin, type Viewer } from './viewer.ts';

/** Who may come in: registration, sign-in, passwords and the sessions that they begin. */
export interface AccountService
  extends PasswordService,
    EmailService,
    IdentityService,
    AccountDeletion,
    AccountAdministration {
  /**
   * Makes an account with a password. While registration is closed, only administrators make accounts;
   * only they give it another role than `member`.
   * @throws {MicroblogError} `registration_closed`, `forbidden`; `invalid_input` with the fields `nickname`, `email`,
   * `password`; `nickname_taken`, `email_taken`, with the field in `details.fields`.
   */
  register(viewer: Viewer, input: RegistrationInput): Promise<User>;
  /**
   * The user whose nickname or e-mail address and password these are. An unknown login and a wrong
   * password cost the same work and throw the same.
   * @throws {MicroblogError} `invalid_input` for an empty field, `sign_in_failed`, and, to somebody who
   * knows the password, `account_suspended`.
   */
  signIn(input: SignInInput): Promise<User>;
  /**
   * The user of a session that began earlier: null where the account is gone or suspended, and where the
   * session's epoch is over.
   */
  resumeSession(session: { readonly userId: string; readonly epoch: number }): Promise<User | null>;
}

export interface AccountServiceNeeds {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly logger: Logger;
  readonly passwordHasher: PasswordHasher;
  readonly events: EventRecorder;
  readonly mails: AccountMails;
}

export function accountService(
  needs: AccountServiceNeeds,
  options: { readonly registration: 'open' | 'closed' },
): AccountService {
  const { storage, clock, ids, logger, passwordHasher, events, mails } = needs;
  const withPasswords = { ...needs, passwords: passwordCheck(needs) };

  // What an unknown login is compared with, so that it takes as long as a wrong password.
  let decoy: Promise<string> | undefined;
  const decoyHash = () => {
    decoy ??= passwordHasher.hash(crypto.randomUUID()).catch((error: unknown) => {
      // Made anew at the next sign-in, or one failure would keep everybody out.
      decoy = undefined;
      throw error;
    });
    return decoy;
  };

  return {
    ...passwordService(withPasswords),
    ...emailService(withPasswords),
    ...accountDeletion(withPasswords),
    ...accountAdministration(needs),
    ...identityService(withPasswords, options),

    async register(viewer, input) {
      const byAdmin = isAdmin(viewer);
      if (options.registration === 'closed' && !byAdmin) {
        throw new MicroblogError('registration_closed', 'Registration is closed here.');
      }
      const { nickname, email, password, locale, role } = parseInput(registrationSchema, input);
      if (role !== 'member' && !byAdmin) {
        throw new MicroblogError('forbidden', 'Only an administrator gives out roles.');
      }
      // Before the transaction: hashing takes long, and a transaction must not wait for it.
      const passwordHash = await passwordHasher.hash(password);
      return retryOnIdClash(() =>
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
    },

    async signIn(input) {
      const { login, password } = parseInput(signInSchema, input);
      const unknownHash = await decoyHash();
      const user = await findByLogin(login);
      // Asked for a stranger too: both ways make the same reads.
      const credential = await storage.credentials.find(user?.id ?? ('0' as UserId));
      // A password that is longer than any account's costs no more than one that fits.
      const typed = password.slice(0, MAX_PASSWORD_LENGTH + 1);
      const hash = credential?.passwordHash ?? unknownHash;
      const right = await passwordHasher.verify(hash, typed);
      if (credential !== null && !passwordHasher.recognizes(hash)) {
        logger.warn(
          { userId: credential.userId },
          'another password hasher made this hash: nobody can sign in with it',
        );
      }
      if (user === null || credential === null || !right) {
        throw new MicroblogError('sign_in_failed', 'Unknown login or wrong password.');
      }
      if (user.suspendedAt !== null) {
        throw new MicroblogError('account_suspended', `The account ${user.id} is suspended.`);
      }
      if (passwordHasher.needsRehash(hash)) await rehash(user.id, typed, hash);
      return user;
    },

    async resumeSession({ userId, epoch }) {
      const id = parseId<UserId>(userId);
      const user = id === null ? null : await storage.users.find(id);
      if (user === null || user.suspendedAt !== null || user.sessionEpoch !== epoch) return null;
      return user;
    },
  };

  /** A text that no storage can hold is nobody's, and no storage is asked for it. */
  async function findByLogin(login: string): Promise<User | null> {
    if (!isUsable(login)) return null;
    return login.includes('@') ? storage.users.findByEmail(login) : storage.users.findByNickname(login);
  }

  /** Nobody is kept out because their better hash could not be written just now. */
  async function rehash(userId: UserId, password: string, before: string): Promise<void> {
    try {
      const passwordHash = await passwordHasher.hash(password);
      await storage.transaction(async ({ users, credentials }) => {
        await users.lock(userId);
        // Another password that was set meanwhile stays.
        if ((await credentials.find(userId))?.passwordHash !== before) return;
        await credentials.save({ userId, passwordHash, changedAt: clock.now() });
      });
    } catch (error) {
      if (!isMicroblogError(error)) throw error;
      logger.warn({ err: error, userId }, 'password hash could not be renewed');
    }
  }
}
