import type { Logger, SearchService } from '@microblog/core';
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { SearchObserver } from '../searches/finished-search.ts';
import { withTimeout } from '../with-timeout.ts';

/** Seconds. From a common word in a file to a statement that is cancelled. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Default timeout: well below the ten seconds that Prometheus waits for a scrape. */
const DEFAULT_TIMEOUT_MS = 2_000;

/** Searches of this process, by their outcome. */
export function searchMetrics(registry: Registry): SearchObserver {
  const duration = new Histogram({
    name: 'microblog_search_duration_seconds',
    help: 'Time from the query to the search index until the posts of a page are read.',
    labelNames: ['outcome'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return ({ outcome, milliseconds }) => duration.observe({ outcome }, milliseconds / 1000);
}

export interface SearchLagNeeds {
  readonly search: Pick<SearchService, 'lag'>;
  readonly logger: Logger;
  /** How long the index may take to answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * Measures how far the index is behind. All processes share it: of several workers, the greatest figure is taken.
 * Returns a function to await before each scrape. If the index does not answer in time, the scrape has no series of
 * it.
 */
export function measureSearchLag(
  registry: Registry,
  { search, logger, timeoutMs = DEFAULT_TIMEOUT_MS }: SearchLagNeeds,
): () => Promise<void> {
  const posts = new Gauge({
    name: 'microblog_search_waiting_posts',
    help: 'How many of the 200 newest posts are not in the search index yet.',
    aggregator: 'max',
    registers: [registry],
  });
  const seconds = new Gauge({
    name: 'microblog_search_lag_seconds',
    help: 'For how long the oldest of them has waited; 0 if none waits.',
    aggregator: 'max',
    registers: [registry],
  });

  return async () => {
    posts.remove();
    seconds.remove();
    try {
      const lag = await withTimeout(search.lag(), timeoutMs, () => {
        throw new Error(`The search index did not report its lag within ${timeoutMs} ms.`);
      });
      posts.set(lag.posts);
      seconds.set(lag.seconds);
    } catch (error) {
      logger.warn({ err: error }, 'metrics lack the search index');
    }
  };
}
