import type { PostId, UserId } from '../kernel/ids.ts';
import { mapPage, type Page } from '../kernel/page.ts';
import type { AuthoredPost, Post } from '../posts/post.ts';
import { postNotFound } from '../posts/post-not-found.ts';
import type { Person } from '../users/person.ts';
import type { PersonRecord } from '../users/user.ts';
import type { Entry } from './entry.ts';
import type { Hydrator, ReadingNeeds } from './hydrator.ts';
import { mayRead, type Reader } from './may-read.ts';

/** The last steps of every read. A repository returns the posts with their authors; the rest happens here. */
export interface EntryReader {
  /** The entries of the posts that the reader may read, in the order of `posts`. */
  entries(reader: Reader, posts: readonly AuthoredPost[]): Promise<Entry[]>;
  /** A page of posts as a page of entries, with the same cursors. */
  page(reader: Reader, page: Page<AuthoredPost>): Promise<Page<Entry>>;
  /** As `page`, for posts of one author, whom the caller has loaded. */
  pageOf(reader: Reader, author: Person, page: Page<Post>): Promise<Page<Entry>>;
  /** The entries of those ids that exist and that the reader may read, by id. */
  byIds(reader: Reader, ids: readonly PostId[]): Promise<Map<PostId, Entry>>;
  /**
   * One entry.
   * @throws {MicroblogError} `post_not_found` if the post does not exist, or the reader may not read it.
   */
  one(reader: Reader, id: PostId | null, given: unknown): Promise<Entry>;
}

/** An entry before hydration. */
type Skeleton = Pick<Entry, keyof AuthoredPost>;

type Hydrated = Exclude<keyof Entry, keyof AuthoredPost>;

// Why: docs/decisions/0101-authors-in-the-skeleton.md
/**
 * The parts of an entry besides post and author, which come with the skeleton. They are read together. A new kind of
 * data needs a hydrator and a line here.
 */
const hydrators: { readonly [Key in Hydrated]: Hydrator<Entry[Key]> } = {};

export function entryReader(needs: ReadingNeeds): EntryReader {
  const { storage, present } = needs;

  /** Presents each author once. */
  async function withPeople(posts: readonly AuthoredPost[]): Promise<Skeleton[]> {
    const records = new Map<UserId, PersonRecord>(posts.map(({ author }) => [author.id, author]));
    const people = new Map(
      (await present.people([...records.values()])).map((person) => [person.id, person]),
    );
    return posts.flatMap(({ post, author: { id } }) => {
      const author = people.get(id);
      return author === undefined ? [] : [{ post, author }];
    });
  }

  /** Drops what the reader may not read, then loads the rest of the others. */
  async function hydrate(reader: Reader, skeleton: readonly Skeleton[]): Promise<Entry[]> {
    const readable = skeleton.filter(({ author }) => mayRead(reader, author));
    const posts = readable.map(({ post }) => post);
    const parts = Object.entries<Hydrator<unknown>>(hydrators);
    if (posts.length === 0 || parts.length === 0) return readable;
    const values = await Promise.all(
      parts.map(async ([key, read]) => [key, await read({ ...needs, posts, reader })] as const),
    );
    return readable.flatMap((entry) => {
      const own = values.map(([key, ofPosts]) => [key, ofPosts.get(entry.post.id)] as const);
      if (own.some(([, value]) => value === undefined)) return [];
      return [{ ...entry, ...Object.fromEntries(own) } as Entry];
    });
  }

  const entries: EntryReader['entries'] = async (reader, posts) => hydrate(reader, await withPeople(posts));

  return {
    entries,
    async page(reader, page) {
      return { ...page, items: await entries(reader, page.items) };
    },
    async pageOf(reader, author, page) {
      const { items } = mapPage(page, (post) => ({ post, author }));
      return { ...page, items: await hydrate(reader, items) };
    },
    async byIds(reader, ids) {
      const found = ids.length === 0 ? [] : await storage.posts.findMany(ids);
      return new Map((await entries(reader, found)).map((entry) => [entry.post.id, entry]));
    },
    async one(reader, id, given) {
      const found = id === null ? [] : await storage.posts.findMany([id]);
      const [entry] = await entries(reader, found);
      if (entry === undefined) throw postNotFound(given);
      return entry;
    },
  };
}
