import type { PostId } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';
import type { Post } from '../posts/post.ts';
import { postNotFound } from '../posts/post-not-found.ts';
import type { Person } from '../users/person.ts';
import { authorHydrator } from './author-hydrator.ts';
import type { Entry } from './entry.ts';
import type { Hydrator, ReadingNeeds } from './hydrator.ts';
import { mayRead, type Reader } from './may-read.ts';

/** The last three steps of every read. A repository returns the posts (and the cursors); the rest happens here. */
export interface EntryReader {
  /** The entries of the posts that the reader may read, in the order of `posts`. */
  entries(reader: Reader, posts: readonly Post[], known?: readonly Person[]): Promise<Entry[]>;
  /** A page of posts as a page of entries, with the same cursors. `known` are people whom the caller has loaded. */
  page(reader: Reader, page: Page<Post>, known?: readonly Person[]): Promise<Page<Entry>>;
  /** The entries of those ids that exist and that the reader may read, by id. */
  byIds(reader: Reader, ids: readonly PostId[]): Promise<Map<PostId, Entry>>;
  /**
   * One entry.
   * @throws {MicroblogError} `post_not_found` if the post does not exist, or the reader may not read it.
   */
  one(reader: Reader, id: PostId | null, given: unknown): Promise<Entry>;
}

/**
 * The parts of an entry besides its post. They are read together. A new kind of data needs a hydrator and a line here.
 */
const hydrators = {
  author: authorHydrator,
} satisfies { readonly [Key in Exclude<keyof Entry, 'post'>]: Hydrator<Entry[Key]> };

export function entryReader(needs: ReadingNeeds): EntryReader {
  const { storage } = needs;

  async function hydrate(reader: Reader, posts: readonly Post[], known: readonly Person[]): Promise<Entry[]> {
    if (posts.length === 0) return [];
    const input = { ...needs, posts, reader, known: new Map(known.map((person) => [person.id, person])) };
    const values = await Promise.all(
      Object.entries(hydrators).map(async ([key, read]) => [key, await read(input)] as const),
    );
    return posts.flatMap((post) => {
      const own = values.map(([key, ofPosts]) => [key, ofPosts.get(post.id)] as const);
      if (own.some(([, value]) => value === undefined)) return [];
      return [{ post, ...Object.fromEntries(own) } as Entry];
    });
  }

  async function entries(reader: Reader, posts: readonly Post[], known: readonly Person[] = []) {
    const hydrated = await hydrate(reader, posts, known);
    return hydrated.filter(({ author }) => mayRead(reader, author));
  }

  return {
    entries,
    async page(reader, page, known) {
      return { ...page, items: await entries(reader, page.items, known) };
    },
    async byIds(reader, ids) {
      const found = ids.length === 0 ? [] : await storage.posts.findMany(ids);
      return new Map((await entries(reader, found)).map((entry) => [entry.post.id, entry]));
    },
    async one(reader, id, given) {
      const post = id === null ? null : await storage.posts.find(id);
      const [entry] = post === null ? [] : await entries(reader, [post]);
      if (entry === undefined) throw postNotFound(given);
      return entry;
    },
  };
}
