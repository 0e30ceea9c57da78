import type { UserId } from '../kernel/ids.ts';

/** The password of a user, as a hash that only the `PasswordHasher` which made it can read. */
export interface Credential {
  readonly userId: UserId;
  readonly passwordHash: string;
  readonly changedAt: Date;
}
