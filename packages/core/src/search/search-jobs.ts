import type { Events } from '../events/events.ts';
import type { PostId } from '../ids.ts';
import type { JobHandlers, JobPayload } from '../ports/job-queue.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import type { Storage } from '../ports/storage.ts';

const SEARCH_INDEX = 'search.index';
const SEARCH_REMOVE = 'search.remove';

/** Tells the search index of posts, by jobs that are kept with the change. */
export interface SearchJobs {
  /** Has them enqueued; not where search is off, or where the storage keeps the index itself. */
  subscribe(events: Pick<Events, 'enqueueOn'>): void;
  readonly handlers: JobHandlers;
}

export interface SearchJobsNeeds {
  readonly storage: Pick<Storage, 'posts'>;
  readonly search: SearchIndex;
}

export function searchJobs({ storage, search }: SearchJobsNeeds): SearchJobs {
  const idOf = ({ postId }: JobPayload) => String(postId) as PostId;
  return {
    subscribe(events) {
      if (!search.enabled || search.upkeep !== 'jobs') return;
      events.enqueueOn('post.published', { job: SEARCH_INDEX });
      events.enqueueOn('post.deleted', { job: SEARCH_REMOVE });
    },
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
