import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';

/** What one process has measured: JSON, so that it can go from process to process. */
export type MetricsSnapshot = readonly MetricObjectWithValues<MetricValue<string>>[];

/** Where `/metrics` takes its figures from: one process, or all workers behind one port. */
export interface MetricsSource {
  /** One snapshot a process. A process that does not answer in time is left out. */
  snapshots(): Promise<readonly MetricsSnapshot[]>;
}

export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * All snapshots as one text. Of each metric, the processes' figures are added, or taken the greatest of, the
 * least or the first, as that metric says.
 */
export async function metricsText(source: MetricsSource): Promise<string> {
  const snapshots = await source.snapshots();
  // The library's own collection of workers would listen to the whole process; this part of it is a plain function.
  return AggregatorRegistry.aggregate(snapshots.map((snapshot) => [...snapshot])).metrics();
}

/** What `/metrics` shows, and to whom. */
export interface MetricsPage {
  readonly source: MetricsSource;
  /** What `Authorization: Bearer …` must carry; null where anybody may look. */
  readonly token: string | null;
}
