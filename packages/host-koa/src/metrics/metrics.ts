import type { JobQueue, Logger } from '@microblog/core';
import { Registry } from 'prom-client';
import type { RequestObserver } from '../requests/finished-request.ts';
import { type DatabasePool, measureDatabase } from './database-metrics.ts';
import { measureJobs } from './job-metrics.ts';
import type { MetricsSnapshot, MetricsSource } from './metrics-source.ts';
import { measureProcess } from './process-metrics.ts';
import { requestMetrics } from './request-metrics.ts';

/** What one application of this process measures. */
export interface Metrics extends MetricsSource {
  readonly observeRequest: RequestObserver;
  /** What this process has measured until now. */
  snapshot(): Promise<MetricsSnapshot>;
  /** Stops measuring. May be called twice. */
  close(): void;
}

/** Where figures come from that no request tells. */
export interface MetricsNeeds {
  readonly logger: Logger;
  /** The program's version. */
  readonly version: string;
  /** The pool of connections to the database at this moment, or null where there is none. */
  readonly pool?: () => DatabasePool | null;
  readonly jobs?: Pick<JobQueue, 'statistics'>;
}

/** A registry of its own: two applications of one process do not see each other's figures. */
export function createMetrics({ logger, version, pool, jobs }: MetricsNeeds): Metrics {
  const registry = new Registry();
  const observeRequest = requestMetrics(registry);
  const stop = measureProcess(registry, version);
  if (pool !== undefined) measureDatabase(registry, pool);
  const lookAtJobs = jobs === undefined ? undefined : measureJobs(registry, { jobs, logger });
  const snapshot = async (): Promise<MetricsSnapshot> => {
    await lookAtJobs?.();
    return registry.getMetricsAsJSON();
  };
  return {
    observeRequest,
    snapshot,
    snapshots: async () => [await snapshot()],
    close() {
      stop();
      registry.clear();
    },
  };
}
