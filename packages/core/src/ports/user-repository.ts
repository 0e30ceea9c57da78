import type { Relationship } from '../follows/follow.ts';
import type { UserId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/page.ts';
import type { NewUser, PersonRecord, User, UserChanges } from '../users/user.ts';

/** A person, and the relationship of a viewer to them. */
export interface RelatedRecord {
  readonly person: PersonRecord;
  readonly relationship: Relationship;
}

/** Users with their counts. */
export interface UserRepository {
  /** @throws {MicroblogError} `nickname_taken` or `email_taken`, ignoring case; `id_clash` if the id is in use. */
  insert(user: NewUser): Promise<User>;
  /** Inserts all or none. @throws {MicroblogError} as `insert`; does not say which user clashed. */
  insertMany(users: readonly NewUser[]): Promise<void>;
  find(id: UserId): Promise<User | null>;
  /**
   * As `find`. Until the transaction ends, no other caller can change the user or link an identity to them. Use it for
   * decisions that must still hold at the write. Outside a transaction, the same as `find`.
   */
  lock(id: UserId): Promise<User | null>;
  /** The users of `ids` that exist, each once, in any order. */
  findMany(ids: readonly UserId[]): Promise<User[]>;
  /** Ignores case. */
  findByNickname(nickname: string): Promise<User | null>;
  /** The person with that nickname, in any case, and the relationship of `viewerId` to them. */
  findRelated(viewerId: UserId, nickname: string): Promise<RelatedRecord | null>;
  /** Ignores case. */
  findByEmail(email: string): Promise<User | null>;
  /** Those of `nicknames` that are in use, in lower case. Helps to choose a free one; only `insert` decides. */
  takenNicknames(nicknames: readonly string[]): Promise<Set<string>>;
  /** Those of `emails` that are in use, in lower case; see `takenNicknames`. */
  takenEmails(emails: readonly string[]): Promise<Set<string>>;
  /**
   * The changed user; null if the user is missing.
   * @throws {MicroblogError} as `insert`. Changing only the case of a user's own nickname is no clash.
   */
  update(id: UserId, changes: UserChanges): Promise<User | null>;
  /**
   * Deletes the user with their posts, follows, password, account tokens and identities, and updates the counts of
   * others. Returns false if the user was missing. Of two concurrent calls, one returns true.
   */
  delete(id: UserId): Promise<boolean>;
  /**
   * Whether there is another administrator than `id` who is not suspended. In a transaction, the next caller waits
   * until it has ended. So if the last two administrators leave at once, one of them is refused.
   */
  hasAdminBeside(id: UserId): Promise<boolean>;
  /**
   * Records a visit, unless one was recorded less than a minute before `at`. Never moves the time back. Returns whether
   * it was recorded; false for a missing user.
   */
  markSeen(id: UserId, at: Date): Promise<boolean>;
  /** All users, newest account first. */
  list(page: PageRequest): Promise<Page<User>>;
  /**
   * Suggests users to follow: not suspended, not `reader`, not followed by `reader`. Those with the most followers
   * first, then newer accounts. At most `limit`.
   */
  listSuggestions(reader: UserId, limit: number): Promise<User[]>;
}
