import { z } from 'zod';
import type { Viewer } from '../accounts/viewer.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import { parseInput } from '../kernel/input.ts';
import { MAX_PAGE_LIMIT } from '../kernel/page.ts';
import type { Clock } from '../ports/clock.ts';
import type { SearchHit, SearchIndex, SearchIndexStatus, SearchProgress } from '../ports/search-index.ts';
import type { Storage } from '../ports/storage.ts';
import type { Entry } from '../reading/entry.ts';
import { entryReader } from '../reading/entry-reader.ts';
import { type Reader, readerOf, unrestrictedReader } from '../reading/may-read.ts';
import type { UserPresenter } from '../users/user-presenter.ts';
import { type FillOptions, fillIndex, fillOptionsSchema } from './fill-index.ts';
import { highlightsIn, type TextRange } from './highlights.ts';
import { type ParsedSearch, parseSearchQuery } from './parse-search-query.ts';
import { invalidSearchCursor } from './ranking.ts';
import type { SearchJobs } from './search-jobs.ts';
import { isEmptyQuery, type SearchQuery, searchOrders } from './search-query.ts';

/** A found post, with the matching parts of its body, in order. */
export interface FoundPost extends Entry {
  readonly highlights: readonly TextRange[];
}

/** One page of found posts. */
export interface SearchResults {
  readonly items: readonly FoundPost[];
  /** The `cursor` of the next page; null if there is none. */
  readonly next: string | null;
  /** False if the query has no word and no filter. */
  readonly asked: boolean;
}

/** Searching posts, and keeping the search index up to date. */
export interface SearchService {
  /** False if search is off. */
  readonly enabled: boolean;
  /**
   * Posts that match a query in the language of `parseSearchQuery`: the best matches first (newer posts first among
   * equals), or the newest first with the order `recent`. Never returns deleted posts or posts that the viewer may not
   * read (`mayRead`), even if the index contains them. Pages are full nevertheless.
   * @throws {MicroblogError} `search_off`; `invalid_cursor`; `invalid_input` for an invalid limit or order.
   */
  posts(viewer: Viewer, input: SearchInput): Promise<SearchResults>;
  /**
   * Adds all posts to the index, the newest first. Continues from the last call, even if its process was killed. Takes
   * constant memory, and searching works meanwhile. Returns the progress. Does nothing if the index is complete or
   * search is off.
   */
  fill(options?: FillOptions): Promise<SearchProgress>;
  status(): Promise<SearchIndexStatus>;
  /**
   * Enqueues a job that fills the index if it is incomplete. With `afterStart`, first adds the newest posts again, in
   * case a process died before it indexed them. `Microblog.start` calls it at the start and every minute. A caller
   * that starts `jobs` itself must do the same.
   */
  keepFilled(options?: { readonly afterStart?: boolean }): Promise<void>;
  /** How many of the 200 newest posts are not in the index yet, and the age of the oldest of them in seconds. */
  lag(): Promise<{ readonly posts: number; readonly seconds: number }>;
  /** Empties the index and fills it again. For when all posts were replaced, as by a restore. */
  clear(): Promise<void>;
}

const inputSchema = (maxResults: number) =>
  z.object({
    query: z.string(),
    order: z.enum(searchOrders).default('relevance'),
    limit: z
      .int()
      .min(1)
      .default(maxResults)
      .transform((limit) => Math.min(limit, maxResults, MAX_PAGE_LIMIT)),
    cursor: z.string().optional(),
  });

/** A search: the text of the query, the order, the page size and the cursor. */
export type SearchInput = z.input<ReturnType<typeof inputSchema>>;

const upkeepSchema = z.object({ afterStart: z.boolean().default(false) });

/** The maximum number of index reads for one page, if most hits are posts that the viewer may not read. */
const MAX_ROUNDS = 12;
const MAX_HITS_A_ROUND = 1_000;

const everything = parseSearchQuery('').query;

export interface SearchServiceNeeds {
  readonly storage: Pick<Storage, 'posts' | 'users'>;
  readonly search: SearchIndex;
  readonly searchJobs: SearchJobs;
  readonly clock: Clock;
  readonly present: UserPresenter;
}

export function searchService(
  needs: SearchServiceNeeds,
  { maxResults }: { readonly maxResults: number },
): SearchService {
  const { storage, search, searchJobs, clock } = needs;
  const schema = inputSchema(maxResults);
  const reading = entryReader(needs);

  /** The query with ids instead of nicknames. Null if it names authors and none of them exists. */
  async function withAuthorIds(parsed: ParsedSearch): Promise<SearchQuery | null> {
    const { query, nicknames, exceptNicknames } = parsed;
    const [authorIds, exceptAuthorIds] = await Promise.all([idsOf(nicknames), idsOf(exceptNicknames)]);
    return nicknames.length > 0 && authorIds.length === 0 ? null : { ...query, authorIds, exceptAuthorIds };
  }

  /** Leaves out unknown nicknames. */
  async function idsOf(nicknames: readonly string[]): Promise<UserId[]> {
    const users = await Promise.all(nicknames.map((nickname) => storage.users.findByNickname(nickname)));
    return users.flatMap((user) => (user === null ? [] : [user.id]));
  }

  /** The hits that the reader may read, in their order. */
  async function visible(reader: Reader, hits: readonly SearchHit[]) {
    const ids = hits.map(({ id }) => id);
    const shown = await reading.byIds(reader, ids);
    return hits.flatMap(({ id, cursor }) => {
      const item = shown.get(id);
      return item === undefined ? [] : [{ ...item, cursor }];
    });
  }

  return {
    enabled: search.enabled,
    fill: async (options = {}) => fillIndex(storage, search, parseInput(fillOptionsSchema, options)),
    status: () => search.status(),
    async keepFilled(options = {}) {
      const { afterStart } = parseInput(upkeepSchema, options);
      if (afterStart) await searchJobs.catchUp();
      await searchJobs.keepFilled();
    },
    async lag() {
      const newest = await storage.posts.listAll(unrestrictedReader, { limit: MAX_PAGE_LIMIT });
      const items = newest.items.map(({ post }) => post);
      const from = items.at(-1)?.id;
      if (!search.enabled || from === undefined) return { posts: 0, seconds: 0 };
      const hits = await search.search({ ...everything, from }, { order: 'recent', limit: MAX_HITS_A_ROUND });
      const held = new Set(hits.map(({ id }) => id));
      const missing = items.filter(({ id }) => !held.has(id));
      const since = missing.at(-1)?.createdAt.getTime() ?? clock.now().getTime();
      return { posts: missing.length, seconds: (clock.now().getTime() - since) / 1000 };
    },
    async clear() {
      await search.clear();
      await searchJobs.keepFilled();
    },

    async posts(viewer, input) {
      const reader = readerOf(viewer);
      if (!search.enabled) throw new MicroblogError('search_off', 'This microblog has no search index.');
      const { query: text, order, limit, cursor: start } = parseInput(schema, input);
      if (start !== undefined && !/^[A-Za-z0-9._-]{1,200}$/.test(start)) throw invalidSearchCursor();
      const parsed = parseSearchQuery(text);
      const { query: words, nicknames, exceptNicknames } = parsed;
      const asked = !isEmptyQuery(words) || nicknames.length > 0 || exceptNicknames.length > 0;
      const query = asked ? await withAuthorIds(parsed) : null;
      if (query === null) return { items: [], next: null, asked };

      const taken: (Entry & { readonly cursor: string })[] = [];
      let cursor = start;
      let goesOn = true;
      // One more than the page, to know if there is a next page.
      let hitsWanted = limit + 1;
      for (let round = 0; goesOn && taken.length <= limit && round < MAX_ROUNDS; round++) {
        const hits = await search.search(query, { order, limit: hitsWanted, cursor });
        goesOn = hits.length === hitsWanted;
        cursor = hits.at(-1)?.cursor ?? cursor;
        if (hits.length > 0) taken.push(...(await visible(reader, hits)));
        hitsWanted = Math.min(hitsWanted * 2, MAX_HITS_A_ROUND);
      }
      const items = taken.slice(0, limit);
      // If the rounds were not enough, the next page continues where they ended.
      const end = taken.length > limit ? items.at(-1)?.cursor : goesOn ? cursor : undefined;
      return {
        items: items.map(({ post, author }) => ({
          post,
          author,
          highlights: highlightsIn(post.body, query),
        })),
        next: end ?? null,
        asked,
      };
    },
  };
}
