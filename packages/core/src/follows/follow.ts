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

/** How two people stand to each other, seen by the first. */
export interface Relationship {
  readonly following: boolean;
  readonly followedBy: boolean;
}

/** Neither follows the other. */
export const strangers: Relationship = Object.freeze({ following: false, followedBy: false });

/** Who follows whom. */
export interface FollowRepository {
  /**
   * Says whether anything changed: false where the follow was there, which then keeps its id and its time.
   * @throws {MicroblogError} `user_not_found` where either is absent, `self_follow` where both are the same,
   * `id_clash` where the id is in use.
   */
  insert(follow: Follow): Promise<boolean>;
  /** Says whether there was such a follow. */
  delete(followerId: UserId, followedId: UserId): Promise<boolean>;
  /** How `viewerId` stands to each of `others`. Every one of them is a key, strangers and absent ones too. */
  relationships(viewerId: UserId, others: readonly UserId[]): Promise<Map<UserId, Relationship>>;
  /** Who follows the user: the latest follow first. */
  listFollowers(userId: UserId, page: PageRequest): Promise<Page<Follow>>;
  /** Whom the user follows: the latest follow first. */
  listFollowing(userId: UserId, page: PageRequest): Promise<Page<Follow>>;
  /**
   * Whether a mail about the pair may be sent: not where somebody else claimed one after `quietSince`. Of several at
   * once one may, in one step. Who may, may again, and the latest time counts. Outlasts the follow, not its people.
   * @throws {MicroblogError} `user_not_found` where either is absent.
   */
  claimMail(claim: FollowMailClaim): Promise<boolean>;
  /** Forgets what was claimed before `at`, but for what somebody claims just now; says how many. */
  forgetMails(at: Date): Promise<number>;
}
