import assert from 'node:assert/strict';
import { composeId, type PostId, type UserId } from '../../kernel/ids.ts';
import type { SearchHit, SearchIndex } from '../../ports/search-index.ts';
import type { Storage } from '../../ports/storage.ts';
import type { Post } from '../../posts/post.ts';
import { parseSearchQuery } from '../../search/parse-search-query.ts';
import type { SearchOrder, SearchQuery } from '../../search/search-query.ts';
import { builders } from '../builders.ts';

/** An index under test, with what the cases need. */
export interface SearchIndexUnderTest {
  readonly index: SearchIndex;
  /** Only for an index with the upkeep `storage`: its storage. */
  readonly storage?: Storage;
  /** Opens another index on the same data, if the index is `kept` or `shared`. */
  another?(): Promise<SearchIndex>;
}

/** Opens a new, empty index for one case. The test runner closes it, and those opened by `another`, after the case. */
export type OpenSearchIndex = () => Promise<SearchIndexUnderTest>;

/** What an index can do beyond the common contract. Default: nothing. */
export interface SearchIndexCapabilities {
  /** The content survives the end of the process: `another` finds it after `close`. */
  readonly kept?: boolean;
  /** Several indexes may be open on the same data at once, also in other processes. */
  readonly shared?: boolean;
  /** The rank of a post does not change when other posts are added, so later pages by relevance do not move. */
  readonly steady?: boolean;
}

/** One behaviour of search indexes. The case passes if `run` resolves. It needs no test framework. */
export interface SearchIndexContractCase {
  readonly name: string;
  /** The capability that the case needs. Indexes without it skip the case. */
  readonly needs?: keyof SearchIndexCapabilities;
  run(open: OpenSearchIndex): Promise<void>;
}

export function searchIndexCases(
  area: string,
  cases: Readonly<Record<string, (bench: SearchBench) => Promise<void>>>,
  needs?: keyof SearchIndexCapabilities,
): SearchIndexContractCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name: `${area}: ${name}`,
    ...(needs === undefined ? {} : { needs }),
    run: async (open) => run(searchBench(await open())),
  }));
}

export interface Draft {
  readonly body: string;
  readonly language?: string;
  readonly authorId?: UserId;
  readonly at?: Date;
}

/** Publishes and searches, with either kind of upkeep. */
export interface SearchBench {
  readonly tested: SearchIndexUnderTest;
  readonly index: SearchIndex;
  author(): Promise<UserId>;
  /** Puts posts into the index. Each is newer than the one before. */
  publish(...drafts: readonly (string | Draft)[]): Promise<Post[]>;
  /** Stores a post, if there is a storage, but does not put it into the index. */
  write(draft: string | Draft): Promise<Post>;
  delete(post: Post): Promise<void>;
  search(query: string | SearchQuery, options?: SearchOptions): Promise<readonly SearchHit[]>;
  /** The bodies of all posts found. */
  find(query: string | SearchQuery, options?: SearchOptions): Promise<string[]>;
  /** The bodies of these hits. */
  bodiesOf(hits: readonly SearchHit[]): string[];
}

export interface SearchOptions {
  readonly index?: SearchIndex;
  readonly order?: SearchOrder;
  readonly limit?: number;
  readonly cursor?: string | undefined;
}

export function searchBench(tested: SearchIndexUnderTest): SearchBench {
  const { index, storage } = tested;
  const build = builders();
  const posts = new Map<PostId, Post>();
  let defaultAuthor: Promise<UserId> | undefined;

  async function author(): Promise<UserId> {
    const user = build.user();
    await storage?.users.insert(user);
    return user.id;
  }

  /** Made when a case needs it: nobody would wait for an author that no post has. */
  function usualAuthor(): Promise<UserId> {
    defaultAuthor ??= author();
    return defaultAuthor;
  }

  async function write(draft: string | Draft): Promise<Post> {
    const { body, language = null, authorId, at } = typeof draft === 'string' ? { body: draft } : draft;
    const when = at === undefined ? {} : { id: composeId<PostId>(at.getTime(), 0), createdAt: at };
    const post = build.post(authorId ?? (await usualAuthor()), {
      body: body.normalize('NFC'),
      language,
      ...when,
    });
    posts.set(post.id, post);
    await storage?.posts.insert(post);
    return post;
  }

  const bench: SearchBench = {
    tested,
    index,
    author,
    write,
    async publish(...drafts) {
      const published: Post[] = [];
      for (const draft of drafts) published.push(await write(draft));
      if (index.upkeep === 'jobs') await index.add(published);
      return published;
    },
    async delete(post) {
      await storage?.posts.delete(post.id);
      if (index.upkeep === 'jobs') await index.remove([post.id]);
    },
    search(query, { index: asked = index, order = 'recent', limit = 100, cursor } = {}) {
      const asQuery = typeof query === 'string' ? parseSearchQuery(query).query : query;
      return asked.search(asQuery, { order, limit, cursor });
    },
    find: async (query, options) => bench.bodiesOf(await bench.search(query, options)),
    bodiesOf: (hits) =>
      hits.map(({ id }) => posts.get(id)?.body ?? assert.fail(`found ${id}, which was never published`)),
  };
  return bench;
}
