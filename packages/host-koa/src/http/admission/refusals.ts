import type { Logger } from '@microblog/core';
import type { RequestObserver } from '../../operations/requests/finished-request.ts';

/** Milliseconds. While requests are refused, the log gets a line this often, not one for each. */
const LOG_INTERVAL = 10_000;

/** What happens besides the answer when a request is refused: observers count it, and the log says how many. */
export function refusals(
  logger: Logger,
  observers: readonly RequestObserver[],
  now: () => number = () => performance.now(),
): (method: string) => void {
  let refused = 0;
  let loggedAt = Number.NEGATIVE_INFINITY;
  return (method) => {
    refused++;
    for (const observe of observers) {
      observe({ requestId: '', method, route: null, status: 503, milliseconds: 0 });
    }
    if (now() - loggedAt < LOG_INTERVAL) return;
    logger.warn({ refused }, 'requests were refused: too many at once');
    refused = 0;
    loggedAt = now();
  };
}
