import type { Area, AreaNeeds } from '../area.ts';
import { searchJobs } from './search-jobs.ts';
import { type SearchService, searchService } from './search-service.ts';
import { searchWatch } from './search-watch.ts';

/** Finding posts, and keeping the index up to date. */
export function searchArea(needs: AreaNeeds): Area<SearchService> {
  const indexing = searchJobs(needs);
  const service = searchService(
    { ...needs, searchJobs: indexing },
    { maxResults: needs.options.maxSearchResults },
  );
  return {
    service,
    jobs: indexing.handlers,
    subscribe: indexing.subscribe,
    background: searchWatch({ search: service, logger: needs.logger }),
  };
}
