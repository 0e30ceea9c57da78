import type { Measurement } from './measurement.ts';

/** A measurement for tests: 100 requests a second at 2 + 1 ms, and no other work. */
export function sampleMeasurement(changes: Partial<Measurement> = {}): Measurement {
  return { rate: 100, p50: 5, p99: 9, serverTime: 2, databaseTime: 1, bytes: 5_000, others: 0, ...changes };
}
