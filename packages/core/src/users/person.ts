import type { UserId } from '../kernel/ids.ts';

/** What others may see of somebody. Services that return somebody else return these fields and no more. */
export interface Person {
  /** Stays the same for ever; the nickname may change. */
  readonly id: UserId;
  /** Unique whatever its case; see `nicknameSchema`. */
  readonly nickname: string;
  readonly aboutMe: string;
  /** The address of a picture that came with the account, or null for the generated one. */
  readonly avatarUrl: string | null;
  /**
   * SHA-256 of the lower-cased e-mail address, in hexadecimal, as picture services such as Gravatar ask for it. Null
   * if the option `emailHashes` does not allow it, and if there is no address.
   */
  readonly emailHash: string | null;
  readonly createdAt: Date;
  /** Accurate to a minute. Null until the first visit. */
  readonly lastSeenAt: Date | null;
  readonly followerCount: number;
  readonly followingCount: number;
  readonly postCount: number;
  readonly suspended: boolean;
}
