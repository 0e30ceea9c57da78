import type { PostId, UserId } from '../kernel/ids.ts';
import type { Cursor, Page, PageRequest } from '../kernel/page.ts';
import type { MemberReader, Reader } from '../reading/may-read.ts';

/** What somebody wrote. It is never changed, only deleted. */
export interface Post {
  readonly id: PostId;
  readonly authorId: UserId;
  /** Plain text in NFC, with line feeds; hosts escape it. */
  readonly body: string;
  /** A BCP 47 tag, or null where the language is not known for certain. */
  readonly language: string | null;
  readonly createdAt: Date;
}

/**
 * All lists run from the newest to the oldest, by id. Lists and counts leave out what their reader may not read
 * (`mayRead`), before they apply the limit: pages are full. `find` and `findMany` leave that to their caller.
 */
export interface PostRepository {
  /** @throws {MicroblogError} `user_not_found` where the author is absent, `id_clash` where the id is in use. */
  insert(post: Post): Promise<void>;
  find(id: PostId): Promise<Post | null>;
  /** Those of `ids` that exist, in no particular order, each once. */
  findMany(ids: readonly PostId[]): Promise<Post[]>;
  /** Says whether there was such a post. Of two at the same time, one gets true. */
  delete(id: PostId): Promise<boolean>;
  /** Everybody's posts. */
  listAll(reader: Reader, page: PageRequest): Promise<Page<Post>>;
  /** One author's posts; an empty page for an absent author. */
  listByAuthor(reader: Reader, authorId: UserId, page: PageRequest): Promise<Page<Post>>;
  /** The reader's own posts and those of everyone whom they follow. */
  listHome(reader: MemberReader, page: PageRequest): Promise<Page<Post>>;
  /** Counts everybody's posts that are newer than `after`; all of them without it. At most `most`. */
  countAllNewer(reader: Reader, after: Cursor | undefined, most: number): Promise<number>;
  /** The same of the reader's own posts and those of everyone whom they follow. */
  countHomeNewer(reader: MemberReader, after: Cursor | undefined, most: number): Promise<number>;
}
