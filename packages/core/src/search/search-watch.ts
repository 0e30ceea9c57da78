import type { Logger } from '../ports/logger.ts';
import { systemTimer, type Timer } from '../ports/timer.ts';
import type { SearchService } from './search-service.ts';

/** How often to look whether the index is complete; one in a file is not after its file was lost. */
const EVERY_MS = 60_000;

export interface SearchWatchNeeds {
  readonly search: Pick<SearchService, 'enabled' | 'keepFilled'>;
  /** Hears of looks that failed; the next comes all the same. */
  readonly logger: Logger;
  readonly timer?: Timer;
}

/** Looks after the search index while a process runs jobs. */
export interface SearchWatch {
  /** Looks at once, after a start, and every minute. Nobody waits for that. */
  begin(): void;
  /** Looks no more; one that is under way is heard of no more. May be called twice, and before `begin`. */
  end(): void;
}

export function searchWatch({ search, logger, timer = systemTimer }: SearchWatchNeeds): SearchWatch {
  let callOff = () => {};
  /** The begin that counts. */
  let current: object | undefined;

  async function look(own: object, afterStart: boolean): Promise<void> {
    try {
      await search.keepFilled({ afterStart });
    } catch (error) {
      if (current === own) logger.warn({ err: error }, 'the search index could not be looked after');
    }
    if (current === own) callOff = timer(EVERY_MS, () => void look(own, false));
  }

  function end(): void {
    current = undefined;
    callOff();
  }

  return {
    begin() {
      end();
      if (!search.enabled) return;
      current = {};
      void look(current, true);
    },
    end,
  };
}
