import type { PostId, UserId } from '../kernel/ids.ts';
import type { Cursor, Page, PageRequest } from '../kernel/page.ts';
import type { MemberReader, Reader } from '../reading/may-read.ts';
import type { PersonRecord } from '../users/user.ts';

/** A short text by one author. It is never changed, only deleted. */
export interface Post {
  readonly id: PostId;
  readonly authorId: UserId;
  /** Plain text in NFC, with line feeds; hosts escape it. */
  readonly body: string;
  /** A BCP 47 tag, or null if the language is not known for certain. */
  readonly language: string | null;
  readonly createdAt: Date;
}

/** A post with its author, as a storage reads them together. */
export interface AuthoredPost {
  readonly post: Post;
  readonly author: PersonRecord;
}

/**
 * All lists run from the newest to the oldest, by id. Lists and counts leave out posts that the reader may not read
 * (`mayRead`), before they apply the limit, so pages are full. `find` and `findMany` do not check it: callers must.
 */
export interface PostRepository {
  /** @throws {MicroblogError} `user_not_found` if the author does not exist, `id_clash` if the id is in use. */
  insert(post: Post): Promise<void>;
  find(id: PostId): Promise<Post | null>;
  /** Those of `ids` that exist, in no particular order, each once. */
  findMany(ids: readonly PostId[]): Promise<AuthoredPost[]>;
  /** Returns true if the post existed. Of two simultaneous calls, one gets true. */
  delete(id: PostId): Promise<boolean>;
  /** The posts of all authors. */
  listAll(reader: Reader, page: PageRequest): Promise<Page<AuthoredPost>>;
  /** One author's posts, without the author; an empty page if the author does not exist. */
  listByAuthor(reader: Reader, authorId: UserId, page: PageRequest): Promise<Page<Post>>;
  /** The reader's own posts and those of everyone whom they follow. */
  listHome(reader: MemberReader, page: PageRequest): Promise<Page<AuthoredPost>>;
  /** Number of posts of all authors that are newer than `after`; all of them without it. At most `most`. */
  countAllNewer(reader: Reader, after: Cursor | undefined, most: number): Promise<number>;
  /** As `countAllNewer`, for the reader's own posts and those of everyone whom they follow. */
  countHomeNewer(reader: MemberReader, after: Cursor | undefined, most: number): Promise<number>;
}
