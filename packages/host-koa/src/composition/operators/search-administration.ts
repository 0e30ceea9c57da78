import { MicroblogError, type SearchIndexStatus, type SearchService, type Storage } from '@microblog/core';

/** The number of posts to index, and of those indexed so far. */
export interface ReindexProgress {
  readonly total: number;
  readonly done: number;
}

export interface ReindexOptions {
  /**
   * Starts with the newest post, even if an earlier call was interrupted. A complete index is always filled from
   * the newest post on. Default: false.
   */
  readonly restart?: boolean;
  /** Stops after the current batch; the next call continues there. */
  readonly signal?: AbortSignal;
  /** Called before the first post, and after every 200. */
  readonly onProgress?: (progress: ReindexProgress) => void;
}

/** The result of a call. */
export interface Reindexed {
  /** Posts that this call added. */
  readonly done: number;
  /** Posts that the index contains now. */
  readonly posts: number;
}

/** The search index, for operators. All @throws {MicroblogError} `search_off` if search is switched off. */
export interface SearchAdministration {
  /** The state of the index, and how many of the newest posts it lacks. */
  status(): Promise<SearchIndexStatus & { readonly lag: SearchLag }>;
  /** Adds all posts to the index, the newest first. Continues an interrupted call. */
  reindex(options?: ReindexOptions): Promise<Reindexed>;
}

/** How many of the 200 newest posts the index lacks, and since when it lacks the oldest of them, in seconds. */
export type SearchLag = Awaited<ReturnType<SearchService['lag']>>;

interface SearchAdministrationNeeds {
  readonly storage: Pick<Storage, 'users'>;
  readonly search: Pick<SearchService, 'enabled' | 'fill' | 'status' | 'lag'>;
}

export function searchAdministration({ storage, search }: SearchAdministrationNeeds): SearchAdministration {
  return {
    async status() {
      requireIndex(search);
      return { ...(await search.status()), lag: await search.lag() };
    },
    async reindex({ restart = false, signal, onProgress = () => {} } = {}) {
      requireIndex(search);
      const before = await search.status();
      const again = restart || before.progress.complete;
      const held = again || before.progress.reached === null ? 0 : before.posts;
      const total = Math.max(0, (await countPosts(storage)) - held);
      let done = 0;
      onProgress({ total, done });
      await search.fill({
        again,
        ...(signal === undefined ? {} : { signal }),
        onProgress(added) {
          if (added === 0) return;
          done = added;
          onProgress({ total, done });
        },
      });
      const { posts } = await search.status();
      return { done, posts };
    },
  };
}

/** The serving process may have other settings than the command. */
function requireIndex({ enabled }: SearchAdministrationNeeds['search']): void {
  if (!enabled) throw new MicroblogError('search_off', 'Search is off in the process that serves.');
}

/** The sum of the post counts that the storage keeps for each person. */
async function countPosts({ users }: Pick<Storage, 'users'>): Promise<number> {
  let total = 0;
  for (let before: string | undefined; ; ) {
    const { items, next } = await users.list({ limit: 200, before });
    total += items.reduce((sum, { postCount }) => sum + postCount, 0);
    if (next === null) return total;
    before = next;
  }
}
