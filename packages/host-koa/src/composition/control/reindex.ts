import type { SearchService, Storage } from '@microblog/core';

/** The posts, and the index that is to hold them. */
export interface ReindexNeeds {
  readonly storage: Pick<Storage, 'users'>;
  readonly search: Pick<SearchService, 'fill' | 'status'>;
}

/** Posts that are to be put into the index, and those that are. */
export interface ReindexProgress {
  readonly total: number;
  readonly done: number;
}

/** How much is put into the index, and who hears of it. */
export interface ReindexOptions {
  /** Begins with the newest post, also where it would go on. Where the index is complete, it does so anyway. */
  readonly restart?: boolean;
  /** Stops after the posts in hand; the next call goes on there. */
  readonly signal?: AbortSignal;
  /** Told before the first post, and after every 200. */
  readonly onProgress?: (progress: ReindexProgress) => void;
}

/** What a call has done. */
export interface Reindexed {
  /** Posts that this call has put in. */
  readonly done: number;
  /** Posts that the index holds now. */
  readonly posts: number;
}

/** Puts all posts into the search index, the newest first; goes on where it was interrupted. */
export async function reindex(
  { storage, search }: ReindexNeeds,
  { restart = false, signal, onProgress = () => {} }: ReindexOptions = {},
): Promise<Reindexed> {
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
}

/** By the counts of people, which the storage keeps. */
async function countPosts({ users }: Pick<Storage, 'users'>): Promise<number> {
  let total = 0;
  for (let before: string | undefined; ; ) {
    const { items, next } = await users.list({ limit: 200, before });
    total += items.reduce((sum, { postCount }) => sum + postCount, 0);
    if (next === null) return total;
    before = next;
  }
}
