import type { UserId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/page.ts';
import type { NewUser, User, UserChanges } from '../users/user.ts';

/** Users, with the counts that belong to them. */
export interface UserRepository {
  /**
   * @throws {MicroblogError} `nickname_taken` or `email_taken`, whatever the case of the letters;
   * `id_clash` where the id is in use.
   */
  insert(user: NewUser): Promise<User>;
  /** All of them, or none. @throws {MicroblogError} as `insert`, without a word on whose it was. */
  insertMany(users: readonly NewUser[]): Promise<void>;
  find(id: UserId): Promise<User | null>;
  /**
   * As `find`, and until the end of the transaction nobody else changes the user or binds an identity to them:
   * for decisions that must still hold when they are written down. Outside of a transaction, `find`.
   */
  lock(id: UserId): Promise<User | null>;
  /** Those of `ids` who exist, in no particular order, each once. */
  findMany(ids: readonly UserId[]): Promise<User[]>;
  /** Whatever the case of the letters. */
  findByNickname(nickname: string): Promise<User | null>;
  /** Whatever the case of the letters. */
  findByEmail(email: string): Promise<User | null>;
  /**
   * Those of `nicknames` which are in use, in lower case. For making up a free one; only `insert` decides.
   */
  takenNicknames(nicknames: readonly string[]): Promise<Set<string>>;
  /** Those of `emails` which are in use, in lower case; as `takenNicknames`. */
  takenEmails(emails: readonly string[]): Promise<Set<string>>;
  /**
   * The user after the change, or null where there is no such user.
   * @throws {MicroblogError} as `insert`; a user's own nickname in other letters is no clash.
   */
  update(id: UserId, changes: UserChanges): Promise<User | null>;
  /**
   * Removes the user with their posts, follows, password, account tokens and identities; the counts of others
   * follow. Says whether there was such a user. Of two at the same time, one gets true.
   */
  delete(id: UserId): Promise<boolean>;
  /**
   * Whether there is an administrator, not suspended, beside `id`. Within a transaction, whoever asks next waits
   * until it has ended: of the last two administrators who leave at the same time, one is told that they may not.
   */
  hasAdminBeside(id: UserId): Promise<boolean>;
  /**
   * Notes a visit, unless one was noted less than a minute before `at`. Never moves it back.
   * Says whether it was noted; false for an absent user.
   */
  markSeen(id: UserId, at: Date): Promise<boolean>;
  /** Everybody, the newest account first. */
  list(page: PageRequest): Promise<Page<User>>;
  /**
   * People to follow: not suspended, not `reader`, not followed by them; those with the most followers
   * first, newer accounts first among equals. At most `limit`.
   */
  listSuggestions(reader: UserId, limit: number): Promise<User[]>;
}
