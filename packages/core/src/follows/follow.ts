import type { FollowId, UserId } from '../kernel/ids.ts';

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
