import type { AccountTokenRepository } from '../accounts/account-token.ts';
import type { CredentialRepository } from '../accounts/credential.ts';
import type { FollowRepository } from '../follows/follow.ts';
import type { IdentityRepository } from '../identities/identity.ts';
import type { PostRepository } from '../posts/post.ts';
import type { TranslationRepository } from '../translation/translation.ts';
import type { UserRepository } from './user-repository.ts';

// What the repositories take and return: `index.ts` exports it from here.
export type { AccountToken, AccountTokenRepository, TokenPurpose } from '../accounts/account-token.ts';
export type { Credential, CredentialRepository } from '../accounts/credential.ts';
export type { Follow, FollowRepository, Relationship } from '../follows/follow.ts';
export type {
  Identity,
  IdentityChanges,
  IdentityRepository,
  IdentityWithUser,
} from '../identities/identity.ts';
export type { Post, PostRepository } from '../posts/post.ts';
export type { Translation, TranslationRepository } from '../translation/translation.ts';
export type { UserRepository } from './user-repository.ts';

/**
 * Where people, posts and follows are kept.
 *
 * What holds for every method of every repository:
 * - Reads see what was committed before they began. Rows that are absent are null, or are left out of lists.
 * - Writes are durable once their promise resolves (inside a transaction: once `transaction` resolves).
 * - Two writers of the same unique value: one wins, the other gets the error that the method names. No
 *   method answers from a check that it made before writing.
 * - Times keep their milliseconds, ids all of their 64 bits.
 * - @throws {MicroblogError} `storage_unavailable` where the storage can't be reached; the same call may
 *   succeed later. `storage_failed` for a fault that nobody planned for, with its `cause`.
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
/** The repositories of one transaction: what `Storage.transaction` hands to its work. */
export interface Transaction extends Repositories {
  /**
   * Calls `act` when the transaction has committed, in the order of the calls, and never if it did not. For what
   * follows from a change but is no part of it. Nothing waits for what `act` returns. What it throws, or rejects with,
   * goes to the storage's log: the transaction resolves, and the other acts are called. Inside a transaction that the
   * storage was lent, the commit of its owner counts, who may yet undo it all.
   */
  afterCommit(act: () => void): void;
}

export interface Storage extends Repositories {
  /**
   * Runs `work` with repositories of one transaction. Its writes become visible to others together, when
   * `work` has resolved; when it rejects, none of them happened, and the error passes through.
   *
   * A repository call that throws ends the transaction: even where `work` catches the error, `transaction`
   * rejects with it, and nothing of it happened. Inside `work`, use only the repositories that it is given:
   * those of the outside would wait for the transaction to end, for ever on a storage with one connection.
   */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;

  /** Lets go of what the storage opened itself; what it was lent stays open. May be called twice. */
  close(): Promise<void>;
}
