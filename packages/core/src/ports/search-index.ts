import type { PostId } from '../kernel/ids.ts';
import type { Post } from '../posts/post.ts';
import type { SearchOrder, SearchQuery } from '../search/search-query.ts';

/** Which hits of a query to return. */
export interface SearchRequest {
  readonly order: SearchOrder;
  /** The largest number of hits, from 1 to 1,000. */
  readonly limit: number;
  /** Where to continue: the cursor of the last hit that the caller used, from the same query and order. */
  readonly cursor?: string | undefined;
}

/** A post found by an index. */
export interface SearchHit {
  readonly id: PostId;
  /** The opaque place of this hit: at most 200 letters, digits, `.`, `-` and `_`. */
  readonly cursor: string;
}

/** How many posts of the storage are in the index. Filling starts with the newest. */
export interface SearchProgress {
  readonly complete: boolean;
  /** All posts from this id on are in the index; null if filling has not begun. */
  readonly reached: PostId | null;
}

/** The content of an index, and how far it is filled. */
export interface SearchIndexStatus {
  readonly posts: number;
  /** The size of the index on disk or in memory, in bytes; null if unknown. */
  readonly bytes: number | null;
  readonly progress: SearchProgress;
}

/**
 * Finds posts by words. It returns only ids. Core loads the posts and applies the rules, so no engine can show a post
 * that its reader may not see. `searchIndexContract` tests every index for this.
 *
 * A query may contain any text. No text is an error, and all texts reach the engine only as values.
 */
export interface SearchIndex {
  /** False if search is off. Core then does not call the index, and hosts show no search box. */
  readonly enabled: boolean;
  /**
   * How the index is kept up to date. `jobs`: core enqueues jobs in the transaction of the post. `storage`: the storage
   * updates the index together with the post. `add` and `remove` work in both cases.
   */
  readonly upkeep: 'jobs' | 'storage';
  /**
   * Posts that match the query, in the order of the request; see `matchesSearch`. An index may also find other forms of
   * the words. Fewer hits than the limit mean that there are no more. The result may include ids of deleted posts.
   *
   * In the order "newest first", posts added meanwhile do not move later pages. In the order "relevance", an index may
   * rank only a number of the newest matches, and then the same number of the next. A later page never repeats a hit of
   * an earlier page, as long as no post is added.
   * @throws {MicroblogError} `invalid_cursor` for a cursor that this index did not return.
   */
  search(query: SearchQuery, request: SearchRequest): Promise<readonly SearchHit[]>;
  /**
   * Puts posts into the index and replaces those with the same ids. Stores `progress` with them, if it is given. They
   * can be found as soon as the promise resolves. Several callers may write at once.
   */
  add(posts: readonly Post[], progress?: SearchProgress): Promise<void>;
  /** Removes posts from the index. Ids that are not in it are ignored. */
  remove(ids: readonly PostId[]): Promise<void>;
  /** Removes everything from the index, and resets its progress. */
  clear(): Promise<void>;
  /** May have to count all posts; `progress` alone is cheaper. */
  status(): Promise<SearchIndexStatus>;
  /** The progress of `status`. Called every minute: its cost must not depend on the number of posts. */
  progress(): Promise<SearchProgress>;
  /** Closes what the index opened itself. May be called twice. */
  close(): Promise<void>;
}

/** Filling has not begun. */
export const noSearchProgress: SearchProgress = { complete: false, reached: null };

/** Search switched off: finds nothing, keeps nothing. */
export const searchOff: SearchIndex = {
  enabled: false,
  upkeep: 'storage',
  search: async () => [],
  add: async () => {},
  remove: async () => {},
  clear: async () => {},
  status: async () => ({ posts: 0, bytes: null, progress: { complete: true, reached: null } }),
  progress: async () => ({ complete: true, reached: null }),
  close: async () => {},
};
