import type { UserId } from '../kernel/ids.ts';

/** The password of a user, as a hash that only the `PasswordHasher` which made it can read. */
export interface Credential {
  readonly userId: UserId;
  readonly passwordHash: string;
  readonly changedAt: Date;
}

/** Passwords, as their hashes, by the user whose they are. */
export interface CredentialRepository {
  /** Null for a user without a password, and for an absent user. */
  find(userId: UserId): Promise<Credential | null>;
  /**
   * Keeps the credential in place of an earlier one; the last writer wins.
   * @throws {MicroblogError} `user_not_found` where the user is absent.
   */
  save(credential: Credential): Promise<void>;
}
