import type { UserId } from '../kernel/ids.ts';

/** The right to mail somebody that they have a follower, which one holds at a time. */
export interface FollowMailClaim {
  readonly followerId: UserId;
  readonly followedId: UserId;
  /** Who claims it: the same for every attempt at one mail. */
  readonly by: string;
  /** The time of the mail. */
  readonly at: Date;
  /** What somebody else claimed before this time, or at it, is over. */
  readonly quietSince: Date;
}
