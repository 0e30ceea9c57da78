import type { UserId } from '../kernel/ids.ts';
import { invalidInput } from '../kernel/input.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import { MAX_PASSWORD_LENGTH } from './account-input.ts';

/**
 * Fails if the password changed since it was verified. Call it in the transaction that relies on the password, after
 * locking the user: verifying takes long, and another password may be set meanwhile.
 * @throws {MicroblogError} `invalid_input`, as for a wrong password.
 */
export type RecheckPassword = (transaction: Transaction) => Promise<void>;

/** Verifies the password of a signed-in member, before actions that a stolen session must not allow. */
export interface PasswordCheck {
  /** @throws {MicroblogError} `invalid_input` with the field `field` if the password is wrong. */
  verify(userId: UserId, password: string, field: string): Promise<RecheckPassword>;
  /** The same, but accepts anything for an account without a password. */
  verifyIfAny(userId: UserId, password: string, field: string): Promise<RecheckPassword>;
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
  ): Promise<RecheckPassword> {
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
