import { median } from '../report/statistics.ts';

/** What one series of requests took. Processor times are in milliseconds for each request. */
export interface Measurement {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the server's processes. */
  readonly serverTime: number;
  /** Of the database server's processes; NaN if it runs elsewhere, 0 if it is embedded. */
  readonly databaseTime: number;
  /** Bytes of an answer. */
  readonly bytes: number;
  /** The share of the processors that other work had, from 0 to 1. */
  readonly others: number;
}

/** The median of each figure, so that a disturbed series does not count. */
export function medianOf(series: readonly Measurement[]): Measurement {
  const middle = (figure: keyof Measurement) => median(series.map((each) => each[figure]));
  return {
    rate: middle('rate'),
    p50: middle('p50'),
    p99: middle('p99'),
    serverTime: middle('serverTime'),
    databaseTime: middle('databaseTime'),
    bytes: middle('bytes'),
    others: middle('others'),
  };
}

/** Processor time of the server and the database together. */
export function totalTime({ serverTime, databaseTime }: Measurement): number {
  return serverTime + databaseTime;
}
