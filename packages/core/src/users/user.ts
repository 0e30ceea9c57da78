import type { UserId } from '../kernel/ids.ts';

/** Every role, from the least to the most that it may do. */
export const roles = ['member', 'moderator', 'admin'] as const;
/** What a user may do: moderators may delete posts of others. */
export type Role = (typeof roles)[number];

/** Somebody with an account. The id stays the same for ever; the nickname may change. */
export interface User {
  readonly id: UserId;
  /** Unique whatever its case; see `nicknameSchema`. */
  readonly nickname: string;
  /** Unique whatever its case. Null for people whom a host application brings without one. */
  readonly email: string | null;
  /** When a link that went to `email` was followed; null while nobody knows whose address it is. */
  readonly emailVerifiedAt: Date | null;
  readonly aboutMe: string;
  /** The address of a picture that came with the account, or null for the generated one. */
  readonly avatarUrl: string | null;
  readonly locale: string | null;
  /** Whether they want a mail when somebody begins to follow them. */
  readonly mailOnFollow: boolean;
  readonly role: Role;
  readonly createdAt: Date;
  /** Accurate to a minute. Null until the first visit. */
  readonly lastSeenAt: Date | null;
  readonly suspendedAt: Date | null;
  /** Sessions of an earlier epoch are over; see `AccountService.resumeSession`. */
  readonly sessionEpoch: number;
  readonly followerCount: number;
  readonly followingCount: number;
  readonly postCount: number;
}

/** A visit is noted at most once in this many milliseconds. */
export const VISIT_INTERVAL_MS = 60_000;

/** What a new user starts from; the rest begins empty or at zero. */
export type NewUser = Pick<User, 'id' | 'nickname' | 'email' | 'locale' | 'role' | 'createdAt'> &
  Partial<Pick<User, 'avatarUrl'>>;

/** What may change in a user's record by itself; counts follow from posts and follows. */
export type UserChanges = Partial<
  Pick<
    User,
    | 'nickname'
    | 'email'
    | 'emailVerifiedAt'
    | 'aboutMe'
    | 'avatarUrl'
    | 'locale'
    | 'mailOnFollow'
    | 'role'
    | 'suspendedAt'
    | 'sessionEpoch'
  >
>;

/** A new user as a storage gives it back: everything else begins empty or at zero. */
export function freshUser(user: NewUser): User {
  return {
    avatarUrl: null,
    ...user,
    emailVerifiedAt: null,
    aboutMe: '',
    mailOnFollow: true,
    lastSeenAt: null,
    suspendedAt: null,
    sessionEpoch: 0,
    followerCount: 0,
    followingCount: 0,
    postCount: 0,
  };
}
