import type { Logger } from '../ports/logger.ts';
import { systemTimer, type Timer } from '../ports/timer.ts';
import type { SearchService } from './search-service.ts';

/** How often to check if the index is complete. An index in a file is incomplete after its file was lost. */
const INTERVAL_MS = 60_000;

export interface SearchWatchNeeds {
  readonly search: Pick<SearchService, 'enabled' | 'keepFilled'>;
  /** Logs checks that failed. The next check comes all the same. */
  readonly logger: Logger;
  readonly timer?: Timer;
}

/** Checks the search index regularly while a process runs jobs. */
export interface SearchWatch {
  /** Checks at once and then every minute, in the background. */
  begin(): void;
  /** Stops. The result of a check in progress is ignored. May be called twice, and before `begin`. */
  end(): void;
}

export function searchWatch({ search, logger, timer = systemTimer }: SearchWatchNeeds): SearchWatch {
  let cancelTimer = () => {};
  /** Identifies the latest `begin`; undefined after `end`. */
  let current: object | undefined;

  async function check(own: object, afterStart: boolean): Promise<void> {
    try {
      await search.keepFilled({ afterStart });
    } catch (error) {
      if (current === own) logger.warn({ err: error }, 'the search index could not be checked');
    }
    if (current === own) cancelTimer = timer(INTERVAL_MS, () => void check(own, false));
  }

  function end(): void {
    current = undefined;
    cancelTimer();
  }

  return {
    begin() {
      end();
      if (!search.enabled) return;
      current = {};
      void check(current, true);
    },
    end,
  };
}
