import { z } from 'zod';
import { MAX_PAGE_LIMIT } from '../kernel/page.ts';
import { noSearchProgress, type SearchIndex, type SearchProgress } from '../ports/search-index.ts';
import type { Storage } from '../ports/storage.ts';
import { unrestrictedReader } from '../reading/may-read.ts';

export const fillOptionsSchema = z.object({
  again: z
    .boolean()
    .optional()
    .describe('Begins again with the newest post. Indexed posts stay findable. Default: false.'),
  limit: z.number().min(0).optional().describe('The maximum number of posts of this call. Default: all.'),
  signal: z
    .instanceof(AbortSignal)
    .optional()
    .describe('Stops after the current batch. Posts that were added stay in the index.'),
  onProgress: z
    .custom<(added: number, progress: SearchProgress) => void>((given) => typeof given === 'function')
    .optional()
    .describe('Called after every 200 posts, with the number of posts this call has added and the progress.'),
});

/** Options of one filling of an index. */
export type FillOptions = z.input<typeof fillOptionsSchema>;

/**
 * Adds the posts of a storage to an index, the newest first, so that most searches are right soon. Continues from the
 * last call, even if its process was killed. Takes constant memory. Posts may be published and deleted meanwhile.
 * Returns the progress.
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
    const { items, next } = await storage.posts.listAll(unrestrictedReader, {
      limit: MAX_PAGE_LIMIT,
      before,
    });
    const posts = items.map(({ post }) => post);
    progress = { complete: next === null, reached: posts.at(-1)?.id ?? progress.reached };
    await search.add(posts, progress);
    added += posts.length;
    onProgress(added, progress);
  }
  return progress;
}
