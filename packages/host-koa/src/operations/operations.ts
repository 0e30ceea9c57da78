import type { Logger } from '@microblog/core';
import type { FaultReporter } from './faults/fault-reporter.ts';
import type { Readiness } from './health/readiness.ts';
import type { MetricsPage } from './metrics/metrics-source.ts';
import type { SearchObserver } from './searches/finished-search.ts';

/** What operators of a site get: log lines, fault reports, health and metrics. */
export interface Operations {
  readonly logger: Logger;
  readonly faults: FaultReporter;
  readonly readiness: Readiness;
  /** Null if there is no metrics page. */
  readonly metricsPage: MetricsPage | null;
  readonly searchObservers: readonly SearchObserver[];
}
