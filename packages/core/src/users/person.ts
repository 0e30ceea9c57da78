import type { UserId } from '../kernel/ids.ts';

/** What others may see of a user. Services return exactly these fields of other users. */
export interface Person {
  /** Never changes; the nickname may. */
  readonly id: UserId;
  /** Unique, ignoring case; see `nicknameSchema`. */
  readonly nickname: string;
  readonly aboutMe: string;
  /** The URL of a picture from a host application or sign-in provider; null for the generated picture. */
  readonly avatarUrl: string | null;
  /**
   * SHA-256 of the lower-cased e-mail address, in hexadecimal, as picture services such as Gravatar expect it. Null
   * if the option `emailHashes` does not allow it, or if the user has no address.
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
