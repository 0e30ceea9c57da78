import type { Measurement } from './measurement.ts';

/** Several servers or kinds of requests that were measured in turn. */
export interface Measured {
  /** The measurements of each, by name; those with the same index were made one after the other. */
  readonly series: Readonly<Record<string, readonly Measurement[]>>;
  /** Rounds that were repeated because other work had the processors. */
  readonly discarded: number;
  /** Whether rounds count in which other work had the processors, since there were not enough quiet ones. */
  readonly noisy: boolean;
}
