import assert from 'node:assert/strict';
import { composeId, type PostId, type UserId } from '../../kernel/ids.ts';
import type { SearchHit, SearchIndex } from '../../ports/search-index.ts';
import type { Storage } from '../../ports/storage.ts';
import type { Post } from '../../posts/post.ts';
import { parseSearchQuery } from '../../search/parse-search-query.ts';
import type { SearchOrder, SearchQuery } from '../../search/search-query.ts';
import { builders } from '../builders.ts';

/** An index that is proved, with what its cases need around it. */
export interface SearchIndexUnderTest {
  readonly index: SearchIndex;
  /** For an index with the upkeep `storage`: the one that keeps it. */
  readonly storage?: Storage;
  /** Opens another index over the same data; for those that can be `kept` or `shared`. */
  another?(): Promise<SearchIndex>;
}

/** Opens a fresh, empty index for one case. Whoever runs the case closes it afterwards, and those opened by `another`. */
export type OpenSearchIndex = () => Promise<SearchIndexUnderTest>;

/** What an index does beyond what all do. Nothing unless declared. */
export interface SearchIndexCapabilities {
  /** What is in it outlives the process: `another` finds it after `close`. */
  readonly kept?: boolean;
  /** Several may be open on the same data at once, in other processes too. */
  readonly shared?: boolean;
  /** How well a post matches does not change while others come, so that no later page by relevance moves. */
  readonly steady?: boolean;
}

/** One behaviour of search indexes. It passes when `run` resolves; it needs no test framework. */
export interface SearchIndexContractCase {
  readonly name: string;
  /** The capability without which an index need not pass it. */
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

/** Publishes and searches, whoever keeps the index. */
export interface SearchBench {
  readonly tested: SearchIndexUnderTest;
  readonly index: SearchIndex;
  author(): Promise<UserId>;
  /** Puts posts into the index, each newer than those before. */
  publish(...drafts: readonly (string | Draft)[]): Promise<Post[]>;
  /** Makes a post that is in the storage, if there is one, and not yet in the index. */
  write(draft: string | Draft): Promise<Post>;
  delete(post: Post): Promise<void>;
  search(query: string | SearchQuery, options?: SearchOptions): Promise<readonly SearchHit[]>;
  /** The bodies of all that is found. */
  find(query: string | SearchQuery, options?: SearchOptions): Promise<string[]>;
  /** The bodies of those hits. */
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
  let somebody: Promise<UserId> | undefined;

  async function author(): Promise<UserId> {
    const user = build.user();
    await storage?.users.insert(user);
    return user.id;
  }

  async function write(draft: string | Draft): Promise<Post> {
    const { body, language = null, authorId, at } = typeof draft === 'string' ? { body: draft } : draft;
    somebody ??= author();
    const when = at === undefined ? {} : { id: composeId<PostId>(at.getTime(), 0), createdAt: at };
    const post = build.post(authorId ?? (await somebody), { body: body.normalize('NFC'), language, ...when });
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
      hits.map(({ id }) => posts.get(id)?.body ?? assert.fail(`found ${id}, which nobody published`)),
  };
  return bench;
}
