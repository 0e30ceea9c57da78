import { MicroblogError, type SearchIndexStatus, type SearchService, type Storage } from '@microblog/core';

/** Posts that are to be put into the index, and those that are in it so far. */
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
  /** Stops after the posts in hand; the next call goes on there. */
  readonly signal?: AbortSignal;
  /** Called before the first post, and after every 200. */
  readonly onProgress?: (progress: ReindexProgress) => void;
}

/** What a call has done. */
export interface Reindexed {
  /** Posts that this call has put in. */
  readonly done: number;
  /** Posts that the index holds now. */
  readonly posts: number;
}

/** The search index, for operators. All @throws {MicroblogError} `search_off` if search is switched off. */
export interface SearchAdministration {
  /** What the index holds, and how many of the newest posts it lacks. */
  status(): Promise<SearchIndexStatus & { readonly lag: SearchLag }>;
  /** Puts all posts into the index, the newest first. Goes on where an earlier call was interrupted. */
  reindex(options?: ReindexOptions): Promise<Reindexed>;
}

/** How many of the 200 newest posts the index lacks, and for how long the oldest of them, in seconds. */
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

/** The process that serves may have been started with other settings than the command. */
function requireIndex({ enabled }: SearchAdministrationNeeds['search']): void {
  if (!enabled) throw new MicroblogError('search_off', 'The process that serves has search switched off.');
}

/** Adds up the counts of people, which the storage keeps. */
async function countPosts({ users }: Pick<Storage, 'users'>): Promise<number> {
  let total = 0;
  for (let before: string | undefined; ; ) {
    const { items, next } = await users.list({ limit: 200, before });
    total += items.reduce((sum, { postCount }) => sum + postCount, 0);
    if (next === null) return total;
    before = next;
  }
}
