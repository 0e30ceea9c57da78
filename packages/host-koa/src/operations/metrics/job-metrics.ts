import type { JobQueue, JobStatistics, Logger } from '@microblog/core';
import { Gauge, type Registry } from 'prom-client';
import { withTimeout } from '../with-timeout.ts';

/** Default timeout: well below the ten seconds that Prometheus waits for a scrape. */
const DEFAULT_TIMEOUT_MS = 2_000;

export interface JobMetricsNeeds {
  readonly jobs: Pick<JobQueue, 'statistics'>;
  readonly logger: Logger;
  /** How long the queue may take to answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/**
 * Measures the queue, which all processes share: of several workers, the greatest figure is taken. Returns a
 * function to await before each scrape. If the queue does not answer in time, the scrape has no series of it.
 */
export function measureJobs(
  registry: Registry,
  { jobs, logger, timeoutMs = DEFAULT_TIMEOUT_MS }: JobMetricsNeeds,
): () => Promise<void> {
  const depth = new Gauge({
    name: 'microblog_jobs',
    help: 'Jobs in the queue, by state.',
    labelNames: ['state'],
    aggregator: 'max',
    registers: [registry],
  });
  const oldest = new Gauge({
    name: 'microblog_jobs_oldest_waiting_seconds',
    help: 'How long the oldest job that could run has waited; 0 if none waits.',
    aggregator: 'max',
    registers: [registry],
  });

  function show(statistics: JobStatistics): void {
    const { oldestWaitingSeconds, ...states } = statistics;
    for (const [state, count] of Object.entries(states)) depth.set({ state }, count);
    oldest.set(oldestWaitingSeconds ?? 0);
  }

  return async () => {
    depth.reset();
    oldest.remove();
    try {
      show(
        await withTimeout(jobs.statistics(), timeoutMs, () => {
          throw new Error(`The job queue did not report its depth within ${timeoutMs} ms.`);
        }),
      );
    } catch (error) {
      logger.warn({ err: error }, 'metrics lack the job queue');
    }
  };
}
