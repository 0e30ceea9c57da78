import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client';

/** The measurements of one process, as JSON, so that they can be sent between processes. */
export type MetricsSnapshot = readonly MetricObjectWithValues<MetricValue<string>>[];

/** Where `/metrics` gets its figures: from one process, or from all workers behind one port. */
export interface MetricsSource {
  /** One snapshot per process. A process that does not answer in time is left out. */
  snapshots(): Promise<readonly MetricsSnapshot[]>;
}

export const metricsContentType = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * All snapshots as one text. Each metric defines how the figures of the processes are combined: sum, greatest, least
 * or first.
 */
export async function metricsText(source: MetricsSource): Promise<string> {
  const snapshots = await source.snapshots();
  // The library's own collection from workers would listen to the whole process; this part of it is a plain function.
  return AggregatorRegistry.aggregate(snapshots.map((snapshot) => [...snapshot])).metrics();
}

/** What `/metrics` shows, and who may read it. */
export interface MetricsPage {
  readonly source: MetricsSource;
  /** The token that `Authorization: Bearer …` must carry; null if anybody may read it. */
  readonly token: string | null;
}
