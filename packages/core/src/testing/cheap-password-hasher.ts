import { pbkdf2PasswordHasher } from '../accounts/pbkdf2-password-hasher.ts';
import type { PasswordHasher } from '../ports/password-hasher.ts';

/** A real hasher with one iteration. For tests only: it does not protect real passwords. */
export function cheapPasswordHasher(): PasswordHasher {
  return pbkdf2PasswordHasher(1);
}
