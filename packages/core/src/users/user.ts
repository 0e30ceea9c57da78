import type { Account } from './account.ts';
import type { Person } from './person.ts';
import type { StoredSettings } from './settings.ts';

/** The part of a stored user that `userPresenter` makes a `Person` of. Services never return it. */
export interface PersonRecord
  extends Omit<Person, 'suspended' | 'emailHash'>,
    Pick<Account, 'email' | 'emailVerifiedAt' | 'suspendedAt'> {}

/**
 * Everything about a user, as storages keep it: person, account and settings in one row. Services never return it:
 * `userPresenter` makes a `Person` or a `MemberAccount` of it.
 */
export interface User extends PersonRecord, Account {
  readonly settings: StoredSettings;
}

/** A visit is recorded at most once in this many milliseconds. */
export const VISIT_INTERVAL_MS = 60_000;

/** The fields of a new user; all others start empty or at zero. */
export type NewUser = Pick<User, 'id' | 'nickname' | 'email' | 'locale' | 'role' | 'createdAt'> &
  Partial<Pick<User, 'avatarUrl'>>;

/** The fields of a user that can be changed directly. Counts follow from posts and follows. */
export type UserChanges = Partial<
  Pick<
    User,
    | 'nickname'
    | 'email'
    | 'emailVerifiedAt'
    | 'aboutMe'
    | 'avatarUrl'
    | 'locale'
    | 'role'
    | 'suspendedAt'
    | 'sessionEpoch'
  >
> & {
  /** Only the settings to change. Storages keep all others, including settings unknown to this release. */
  readonly settings?: StoredSettings;
};

/** A new user as a storage returns it: everything else is empty or zero. */
export function freshUser(user: NewUser): User {
  return {
    avatarUrl: null,
    ...user,
    emailVerifiedAt: null,
    aboutMe: '',
    settings: {},
    lastSeenAt: null,
    suspendedAt: null,
    sessionEpoch: 0,
    followerCount: 0,
    followingCount: 0,
    postCount: 0,
  };
}
