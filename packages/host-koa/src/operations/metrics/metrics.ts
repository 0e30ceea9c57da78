import type { JobQueue, Logger, SearchService } from '@microblog/core';
import { Registry } from 'prom-client';
import type { RequestObserver } from '../requests/finished-request.ts';
import type { SearchObserver } from '../searches/finished-search.ts';
import { type DatabasePool, measureDatabase } from './database-metrics.ts';
import { measureJobs } from './job-metrics.ts';
import type { MetricsSnapshot, MetricsSource } from './metrics-source.ts';
import { measureProcess } from './process-metrics.ts';
import { requestMetrics } from './request-metrics.ts';
import { measureSearchLag, searchMetrics } from './search-metrics.ts';

/** The measurements of one application in this process. */
export interface Metrics extends MetricsSource {
  readonly observeRequest: RequestObserver;
  readonly observeSearch: SearchObserver;
  /** What this process has measured so far. */
  snapshot(): Promise<MetricsSnapshot>;
  /** Stops measuring. May be called twice. */
  close(): void;
}

/** Sources of figures that do not come from requests. */
export interface MetricsNeeds {
  readonly logger: Logger;
  /** The program's version. */
  readonly version: string;
  /** The current pool of connections to the database, or null if there is none. */
  readonly pool?: () => DatabasePool | null;
  readonly jobs?: Pick<JobQueue, 'statistics'>;
  readonly search?: Pick<SearchService, 'enabled' | 'lag'>;
}

/** Uses its own registry: two applications of one process do not see each other's figures. */
export function createMetrics({ logger, version, pool, jobs, search }: MetricsNeeds): Metrics {
  const registry = new Registry();
  const observeRequest = requestMetrics(registry);
  const observeSearch = searchMetrics(registry);
  const stop = measureProcess(registry, version);
  if (pool !== undefined) measureDatabase(registry, pool);
  const looks = [
    ...(jobs === undefined ? [] : [measureJobs(registry, { jobs, logger })]),
    ...(search?.enabled === true ? [measureSearchLag(registry, { search, logger })] : []),
  ];
  const snapshot = async (): Promise<MetricsSnapshot> => {
    await Promise.all(looks.map((look) => look()));
    return registry.getMetricsAsJSON();
  };
  return {
    observeRequest,
    observeSearch,
    snapshot,
    snapshots: async () => [await snapshot()],
    close() {
      stop();
      registry.clear();
    },
  };
}
