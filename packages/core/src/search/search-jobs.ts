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

/** The part of `post.published` and `post.deleted` that these jobs read. */
const payloadSchema = z.object({ postId: idSchema<PostId>() });

/** Posts that one job adds: some seconds of work, so that a stopping process does not wait for all posts. */
const POSTS_PER_JOB = 10_000;

/** Keeps the search index up to date by jobs that are stored in the transaction of the change. */
export interface SearchJobs {
  /** Subscribes to events of posts. Does nothing if search is off or the storage updates the index itself. */
  subscribe(events: Pick<Events, 'enqueueOn'>): void;
  /**
   * Enqueues a job that fills the index if it is incomplete. Cheap if it is complete. Call it when jobs start to run and
   * about every minute.
   */
  keepFilled(): Promise<void>;
  /**
   * Adds the newest posts again, in case a process died before it indexed them. A storage may learn from this call
   * whether it has an index.
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
  // The key allows one waiting job, however many processes find the index incomplete.
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
      await search.add(items.map(({ post }) => post));
    },
    handlers: {
      [SEARCH_INDEX]: checkedHandler(SEARCH_INDEX, payloadSchema, async ({ postId }) => {
        const post = await storage.posts.find(postId);
        // The post may be deleted by now, and the job of its deletion may have run first.
        if (post === null) await search.remove([postId]);
        else await search.add([post]);
        // The index may have been lost and created again.
        await keepFilled();
      }),
      async [SEARCH_FILL]() {
        const before = await search.progress();
        if (before.complete) return;
        if (before.reached === null) logger.info({}, 'filling the search index');
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
