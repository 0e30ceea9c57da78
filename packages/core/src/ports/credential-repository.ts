import type { Credential } from '../accounts/credential.ts';
import type { UserId } from '../kernel/ids.ts';

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
