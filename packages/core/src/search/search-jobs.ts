import { z } from 'zod';
import type { Events } from '../events/events.ts';
import { checkedHandler } from '../jobs/job-payload.ts';
import type { PostId } from '../kernel/ids.ts';
import { idSchema } from '../kernel/input.ts';
import { MAX_PAGE_LIMIT } from '../kernel/page.ts';
import type { JobHandlers, JobQueue } from '../ports/job-queue.ts';
import type { Logger } from '../ports/logger.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import type { Storage } from '../ports/storage.ts';
import { unrestrictedReader } from '../reading/may-read.ts';
import { fillIndex } from './fill-index.ts';

const SEARCH_INDEX = 'search.index';
const SEARCH_REMOVE = 'search.remove';
const SEARCH_FILL = 'search.fill';

/** The part of `post.published` and `post.deleted` that is read here. */
const payloadSchema = z.object({ postId: idSchema<PostId>() });

/** Posts that one job puts in: some seconds, so that a process that is to stop need not wait for all of them. */
const POSTS_PER_JOB = 10_000;

/** Tells the search index of posts, by jobs that are kept with the change. */
export interface SearchJobs {
  /** Has them enqueued; not where search is off, or where the storage keeps the index itself. */
  subscribe(events: Pick<Events, 'enqueueOn'>): void;
  /**
   * Sees to it, by jobs, that the index holds the posts that there are: one that is not complete is filled.
   * Cheap where it is complete. To be called when jobs begin to run, and every minute or so.
   */
  keepFilled(): Promise<void>;
  /**
   * Puts the newest posts in again: whoever told the index of them may have been killed, or lost its power.
   * Whether a storage keeps an index at all, it may learn from this.
   */
  catchUp(): Promise<void>;
  readonly handlers: JobHandlers;
}

export interface SearchJobsNeeds {
  readonly storage: Pick<Storage, 'posts'>;
  readonly search: SearchIndex;
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly logger: Logger;
}

export function searchJobs({ storage, search, jobs, logger }: SearchJobsNeeds): SearchJobs {
  // One of them waits at most, however many processes see that the index is not complete.
  const enqueueFilling = () => jobs.enqueue({ name: SEARCH_FILL, payload: {} }, { key: SEARCH_FILL });

  async function keepFilled(): Promise<void> {
    if (!search.enabled) return;
    const { complete } = await search.progress();
    if (!complete) await enqueueFilling();
  }

  return {
    subscribe(events) {
      if (!search.enabled || search.upkeep !== 'jobs') return;
      events.enqueueOn('post.published', { job: SEARCH_INDEX });
      events.enqueueOn('post.deleted', { job: SEARCH_REMOVE });
    },
    keepFilled,
    async catchUp() {
      if (!search.enabled) return;
      const { items } = await storage.posts.listAll(unrestrictedReader, { limit: MAX_PAGE_LIMIT });
      await search.add(items);
    },
    handlers: {
      [SEARCH_INDEX]: checkedHandler(SEARCH_INDEX, payloadSchema, async ({ postId }) => {
        const post = await storage.posts.find(postId);
        // It may have been deleted since, and the job of that may have run before.
        if (post === null) await search.remove([postId]);
        else await search.add([post]);
        // It may just have been lost, and made anew.
        await keepFilled();
      }),
      async [SEARCH_FILL]() {
        const before = await search.progress();
        if (before.complete) return;
        if (before.reached === null) logger.info({}, 'the search index is being filled');
        const progress = await fillIndex(storage, search, { limit: POSTS_PER_JOB });
        if (!progress.complete) return enqueueFilling();
        logger.info({ posts: (await search.status()).posts }, 'the search index is complete');
      },
      [SEARCH_REMOVE]: checkedHandler(SEARCH_REMOVE, payloadSchema, async ({ postId }) => {
        await search.remove([postId]);
      }),
    },
  };
}
