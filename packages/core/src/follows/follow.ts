import type { FollowId, UserId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/page.ts';
import type { FollowMailClaim } from './follow-mail-claim.ts';

/** One person follows another. The id orders lists of followers by when they began to follow. */
export interface Follow {
  readonly id: FollowId;
  readonly followerId: UserId;
  readonly followedId: UserId;
  readonly createdAt: Date;
}

/** Which of two people follow each other, from the first one's view. */
export interface Relationship {
  readonly following: boolean;
  readonly followedBy: boolean;
}

/** Neither follows the other. */
export const strangers: Relationship = Object.freeze({ following: false, followedBy: false });

/** Stores who follows whom. */
export interface FollowRepository {
  /**
   * Returns false if the follow already existed; it then keeps its id and its time.
   * @throws {MicroblogError} `user_not_found` if either user is missing, `self_follow` if both are the same,
   * `id_clash` if the id is in use.
   */
  insert(follow: Follow): Promise<boolean>;
  /** Returns false if there was no such follow. */
  delete(followerId: UserId, followedId: UserId): Promise<boolean>;
  /** The relationship of `viewerId` to each of `others`. Each of them is a key, also strangers and missing users. */
  relationships(viewerId: UserId, others: readonly UserId[]): Promise<Map<UserId, Relationship>>;
  /** The follows by others of this user, the latest first. */
  listFollowers(userId: UserId, page: PageRequest): Promise<Page<Follow>>;
  /** The follows of others by this user, the latest first. */
  listFollowing(userId: UserId, page: PageRequest): Promise<Page<Follow>>;
  /**
   * Reserves the mail about this pair, in one step; false if another claimant did after `quietSince`. Of several
   * claimants at once, one gets it. The same claimant may claim again, and the latest time counts. A claim outlives
   * the follow and goes with either user.
   * @throws {MicroblogError} `user_not_found` if either user is missing.
   */
  claimMail(claim: FollowMailClaim): Promise<boolean>;
  /** Deletes claims from before `at`, except those that another transaction holds a lock on. Returns how many. */
  forgetMails(at: Date): Promise<number>;
}
