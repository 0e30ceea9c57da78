import type { PostId } from '../ids.ts';
import type { JobHandlers, JobPayload, JobQueue } from '../ports/job-queue.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import type { Storage, Transaction } from '../ports/storage.ts';

const SEARCH_INDEX = 'search.index';
const SEARCH_REMOVE = 'search.remove';

/** Tells the search index of posts, by jobs that are kept with the change. */
export interface SearchJobs {
  /** False where nothing is to be enqueued: search is off, or the storage keeps the index itself. */
  readonly enabled: boolean;
  published(id: PostId, transaction: Transaction): Promise<void>;
  deleted(id: PostId, transaction: Transaction): Promise<void>;
  readonly handlers: JobHandlers;
}

export interface SearchJobsNeeds {
  readonly storage: Pick<Storage, 'posts'>;
  readonly search: SearchIndex;
  readonly jobs: JobQueue;
}

export function searchJobs({ storage, search, jobs }: SearchJobsNeeds): SearchJobs {
  const idOf = ({ postId }: JobPayload) => String(postId) as PostId;
  return {
    enabled: search.enabled && search.upkeep === 'jobs',
    published: (postId, transaction) =>
      jobs.enqueue({ name: SEARCH_INDEX, payload: { postId } }, { transaction }),
    deleted: (postId, transaction) =>
      jobs.enqueue({ name: SEARCH_REMOVE, payload: { postId } }, { transaction }),
    handlers: {
      async [SEARCH_INDEX](payload) {
        const post = await storage.posts.find(idOf(payload));
        // It may have been deleted since, and the job of that may have run before.
        if (post === null) await search.remove([idOf(payload)]);
        else await search.add([post]);
      },
      async [SEARCH_REMOVE](payload) {
        await search.remove([idOf(payload)]);
      },
    },
  };
}
