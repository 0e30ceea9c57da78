import type { UserId } from '../kernel/ids.ts';
import { invalidInput } from '../kernel/input.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import { MAX_PASSWORD_LENGTH } from './account-input.ts';

/**
 * Looks again, in the transaction that acts upon a password: hashing takes long, and another password may have been
 * set meanwhile. Lock the user first.
 * @throws {MicroblogError} as the comparison did.
 */
export type StillHolds = (transaction: Transaction) => Promise<void>;

/** Passwords that somebody who is signed in types again, before something that a stolen session must not do. */
export interface PasswordCheck {
  /** @throws {MicroblogError} `invalid_input` naming `field`, where it is not the user's password. */
  verify(userId: UserId, password: string, field: string): Promise<StillHolds>;
  /** The same for accounts that have a password; those without one need none. */
  verifyIfAny(userId: UserId, password: string, field: string): Promise<StillHolds>;
}

export interface PasswordCheckNeeds {
  readonly storage: Storage;
  readonly passwordHasher: PasswordHasher;
}

// Why: docs/decisions/0021-credentials-under-a-lock.md
export function passwordCheck({ storage, passwordHasher }: PasswordCheckNeeds): PasswordCheck {
  const hashOf = async (userId: UserId, { credentials }: Pick<Storage, 'credentials'>) =>
    (await credentials.find(userId))?.passwordHash ?? null;

  async function compare(
    userId: UserId,
    hash: string | null,
    password: string,
    field: string,
  ): Promise<StillHolds> {
    const wrong = () => invalidInput([{ field, problem: 'wrong_password', params: {} }]);
    if (hash === null || !(await passwordHasher.verify(hash, password.slice(0, MAX_PASSWORD_LENGTH + 1))))
      throw wrong();
    return async (transaction) => {
      if ((await hashOf(userId, transaction)) !== hash) throw wrong();
    };
  }

  return {
    async verify(userId, password, field) {
      return compare(userId, await hashOf(userId, storage), password, field);
    },
    async verifyIfAny(userId, password, field) {
      const hash = await hashOf(userId, storage);
      if (hash !== null) return compare(userId, hash, password, field);
      return async (transaction) => {
        if ((await hashOf(userId, transaction)) === null) return;
        throw invalidInput([{ field, problem: 'wrong_password', params: {} }]);
      };
    },
  };
}
