import type { UserId } from '../kernel/ids.ts';

/** A reservation of the mail about one pair of follower and followed. One claimant holds it at a time. */
export interface FollowMailClaim {
  readonly followerId: UserId;
  readonly followedId: UserId;
  /** The claimant: the same for every attempt at one mail. */
  readonly by: string;
  /** The time of the mail. */
  readonly at: Date;
  /** A claim of another claimant at this time or earlier has expired. */
  readonly quietSince: Date;
}
