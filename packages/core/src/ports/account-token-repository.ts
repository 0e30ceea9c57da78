import type { AccountToken, TokenPurpose } from '../accounts/account-token.ts';
import type { UserId } from '../kernel/ids.ts';

/** Tokens of links in mails, until they are used or too old. */
export interface AccountTokenRepository {
  /** @throws {MicroblogError} `user_not_found` where the user is absent. */
  insert(token: AccountToken): Promise<void>;
  /** Null where there is none of that hash and purpose. One that has expired is still found. */
  find(hash: string, purpose: TokenPurpose): Promise<AccountToken | null>;
  /** Removes and returns it; null where there is none. Of several who take the same one, one gets it. */
  take(hash: string, purpose: TokenPurpose): Promise<AccountToken | null>;
  /** All of a user's tokens of that purpose, expired or not: those that last longest first. */
  listByUser(userId: UserId, purpose: TokenPurpose): Promise<AccountToken[]>;
  /** Removes all of a user's tokens of that purpose. */
  deleteByUser(userId: UserId, purpose: TokenPurpose): Promise<void>;
  /** Removes those that expired before `at`, but for those that somebody else is about to; says how many. */
  deleteExpired(at: Date): Promise<number>;
}
