import type { PostId } from '../kernel/ids.ts';
import type { Post } from '../posts/post.ts';
import type { SearchOrder, SearchQuery } from '../search/search-query.ts';

/** Which hits of a query an index is asked for. */
export interface SearchRequest {
  readonly order: SearchOrder;
  /** Hits at most, from 1 to 1,000. */
  readonly limit: number;
  /** Where to go on: the cursor of the last hit that was taken, of the same query and order. */
  readonly cursor?: string | undefined;
}

/** A post that an index has found. */
export interface SearchHit {
  readonly id: PostId;
  /** The place of this hit, opaque: at most 200 letters, digits, `.`, `-` and `_`. */
  readonly cursor: string;
}

/** How far the posts of the storage have been put into an index; the newest go first. */
export interface SearchProgress {
  readonly complete: boolean;
  /** All posts from this one on are in the index; null where it has not begun. */
  readonly reached: PostId | null;
}

/** What is in an index, and how far it has been filled. */
export interface SearchIndexStatus {
  readonly posts: number;
  /** What the index takes on disk or in memory; null where that is not known. */
  readonly bytes: number | null;
  readonly progress: SearchProgress;
}

/**
 * Finds posts by words. It returns ids only: core loads the posts and applies the rules, so that no
 * engine can show a post that its reader may not see. `searchIndexContract` holds every index to this.
 *
 * Any text may stand in a query; none is an error, and none reaches an engine as anything but a value.
 */
export interface SearchIndex {
  /** False where search is off: nothing is asked then, and hosts show no search box. */
  readonly enabled: boolean;
  /**
   * Who tells the index of new and deleted posts: `jobs` that core enqueues in the transaction of the post,
   * or the `storage`, which keeps the index with the post. `add` and `remove` work for both.
   */
  readonly upkeep: 'jobs' | 'storage';
  /**
   * Posts that meet the query, in the order of the request; see `matchesSearch`. An index may also find
   * other forms of the words that are asked for. Fewer hits than the limit: there are no more. Ids of posts
   * that were deleted since may be among them.
   *
   * Newest first, what is added meanwhile moves no later page. By relevance, an index may rank only so many
   * of the newest matches against each other, and then as many of the next; whatever it does, a later page
   * repeats nothing of an earlier one, as long as nothing is added.
   * @throws {MicroblogError} `invalid_cursor` for a cursor that the index has not given out.
   */
  search(query: SearchQuery, request: SearchRequest): Promise<readonly SearchHit[]>;
  /**
   * Puts posts into the index, in the place of those with the same ids, and, where `progress` is given,
   * keeps it with them. They are found as soon as the promise resolves. Several may write at once.
   */
  add(posts: readonly Post[], progress?: SearchProgress): Promise<void>;
  /** Takes posts out of the index; those that are not in it are no error. */
  remove(ids: readonly PostId[]): Promise<void>;
  /** Empties the index: nothing is in it, and its progress begins anew. */
  clear(): Promise<void>;
  /** May have to count all posts; the progress alone is to be had for less. */
  status(): Promise<SearchIndexStatus>;
  /** That of `status`. Asked every minute: it must cost the same however many posts there are. */
  progress(): Promise<SearchProgress>;
  /** Lets go of what the index opened itself. May be called twice. */
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
