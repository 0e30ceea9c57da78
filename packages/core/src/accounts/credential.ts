import type { UserId } from '../kernel/ids.ts';

/** The password of a user, as a hash. Only the `PasswordHasher` that made it can verify it. */
export interface Credential {
  readonly userId: UserId;
  readonly passwordHash: string;
  readonly changedAt: Date;
}

/** Stores one password hash for each user. */
export interface CredentialRepository {
  /** Null for a user without a password, and for a missing user. */
  find(userId: UserId): Promise<Credential | null>;
  /**
   * Stores the credential and replaces an earlier one; the last writer wins.
   * @throws {MicroblogError} `user_not_found` if the user is missing.
   */
  save(credential: Credential): Promise<void>;
}
