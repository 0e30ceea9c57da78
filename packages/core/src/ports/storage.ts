import type { AccountTokenRepository } from '../accounts/account-token.ts';
import type { CredentialRepository } from '../accounts/credential.ts';
import type { FollowRepository } from '../follows/follow.ts';
import type { IdentityRepository } from '../identities/identity.ts';
import type { PostRepository } from '../posts/post.ts';
import type { TranslationRepository } from '../translation/translation.ts';
import type { UserRepository } from './user-repository.ts';

// Types of the repositories; `index.ts` exports them from here.
export type { AccountToken, AccountTokenRepository, TokenPurpose } from '../accounts/account-token.ts';
export type { Credential, CredentialRepository } from '../accounts/credential.ts';
export type { Follow, FollowRepository, Relationship } from '../follows/follow.ts';
export type {
  Identity,
  IdentityChanges,
  IdentityRepository,
  IdentityWithUser,
} from '../identities/identity.ts';
export type { AuthoredPost, Post, PostRepository } from '../posts/post.ts';
export type { Translation, TranslationRepository } from '../translation/translation.ts';
export type { RelatedRecord, UserRepository } from './user-repository.ts';

/**
 * Stores users, posts and follows.
 *
 * Rules for every method of every repository:
 * - Reads see everything that was committed before they began. Missing rows are null, or left out of lists.
 * - Writes are durable when their promise resolves; inside a transaction, when `transaction` resolves.
 * - If two callers write the same unique value, one succeeds. The other gets the error that the method names. A check
 *   before the write is not enough.
 * - Times keep their milliseconds. Ids keep all 64 bits.
 * - @throws {MicroblogError} `storage_unavailable` if the storage can't be reached; the same call may succeed later.
 *   `storage_failed` for an unexpected fault, with its `cause`.
 */
export interface Repositories {
  readonly users: UserRepository;
  readonly posts: PostRepository;
  readonly follows: FollowRepository;
  readonly credentials: CredentialRepository;
  readonly accountTokens: AccountTokenRepository;
  readonly identities: IdentityRepository;
  readonly translations: TranslationRepository;
}

// Why: docs/decisions/0002-transactions-end-at-the-first-error.md
/**
 * The repositories of one transaction, passed to the work of `Storage.transaction`. After its end, every call throws
 * `storage_failed` and changes nothing.
 */
export interface Transaction extends Repositories {
  /**
   * Calls `callback` after the transaction has committed, in the order of the calls; never if it did not commit. Use it
   * for effects that are not part of the transaction. The storage does not wait for what `callback` returns. It logs
   * what `callback` throws or rejects with: the transaction still resolves, and the other callbacks are called. In a
   * transaction lent by the host application, `callback` waits for the application's commit; the application can still
   * roll back.
   */
  afterCommit(callback: () => void): void;
}

export interface Storage extends Repositories {
  /**
   * Runs `work` with the repositories of one transaction. Others see all its writes together, after `work` has
   * resolved. If `work` rejects, nothing is written and the error is thrown.
   *
   * If a repository call throws, the transaction ends: `transaction` rejects with that error even if `work` catches it,
   * and nothing is written. Calls that `work` did not await belong to the transaction: its end waits for them. Inside `work`, use only the repositories that it receives. Others would wait for the
   * transaction to end; with a single connection they would wait forever.
   */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;

  /** Closes what the storage opened itself. What it was lent stays open. May be called twice. */
  close(): Promise<void>;
}
