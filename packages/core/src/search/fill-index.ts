import { MAX_PAGE_LIMIT } from '../kernel/page.ts';
import { noSearchProgress, type SearchIndex, type SearchProgress } from '../ports/search-index.ts';
import type { Storage } from '../ports/storage.ts';

/** How much an index is filled, and who hears of it. */
export interface FillOptions {
  /** Begins anew with the newest post, where it would go on otherwise. What is in the index stays findable. */
  readonly again?: boolean;
  /** Posts at most; all unless told. */
  readonly limit?: number;
  /** Stops after the posts in hand. What is done stays done. */
  readonly signal?: AbortSignal;
  /** Told after every 200 posts how many this call has put in, and how far that is. */
  readonly onProgress?: (added: number, progress: SearchProgress) => void;
}

/**
 * Puts the posts of a storage into an index, the newest first, so that most searches are right soon. It goes
 * on where the last call ended or was killed, takes constant memory, and bears what is published and deleted
 * meanwhile. Returns how far it got.
 */
export async function fillIndex(
  storage: Pick<Storage, 'posts'>,
  search: SearchIndex,
  { again = false, limit = Number.POSITIVE_INFINITY, signal, onProgress = () => {} }: FillOptions = {},
): Promise<SearchProgress> {
  if (again) await search.add([], noSearchProgress);
  let progress = await search.progress();
  for (let added = 0; !progress.complete && added < limit && signal?.aborted !== true; ) {
    const before = progress.reached ?? undefined;
    const { items, next } = await storage.posts.listAll({ limit: MAX_PAGE_LIMIT, before });
    progress = { complete: next === null, reached: items.at(-1)?.id ?? progress.reached };
    await search.add(items, progress);
    added += items.length;
    onProgress(added, progress);
  }
  return progress;
}
