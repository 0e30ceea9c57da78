import type { LoadProcess, LoadRequest } from '../load/load.ts';
import { othersShare, readProcessorTimes } from '../processes/processor-time.ts';
import type { Measurement } from './measurement.ts';

/** A server that answers the requests of a row. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
}

/** What is sent, and what must come back. */
export interface RowLoad {
  readonly requests: readonly LoadRequest[];
  readonly status: number;
}

export interface Measuring {
  readonly load: LoadProcess;
  /** The main process of the database server; null if it runs elsewhere, undefined if it is embedded. */
  readonly postmaster: number | null | undefined;
  readonly connections: number;
  /** How long a series is to take. */
  readonly seconds: number;
}

const WARM_UP_S = 1;

/** Lets a server get warm, and returns how many requests fill a series. */
export async function warmUp(measuring: Measuring, { url }: Contender, row: RowLoad): Promise<number> {
  const { load, connections, seconds } = measuring;
  let rate = 0;
  // The first answers of a server are slow, so few of them say only how many make a second. Then each request is sent
  // at least once: else later series would profit from what earlier ones left in caches.
  for (const amount of [
    () => 4 * connections,
    () => Math.max(row.requests.length, rate * Math.min(WARM_UP_S, seconds)),
  ]) {
    const sent = Math.max(connections, Math.ceil(amount()));
    const result = await load.run({ url, requests: row.requests, connections, amount: sent });
    requireAnswers(result, row, url);
    rate = result.answers / result.seconds;
  }
  return Math.max(4 * connections, Math.ceil(rate * seconds));
}

/** Sends `amount` requests to the end, and reads processor times before and after. */
export async function measure(
  { load, postmaster, connections }: Measuring,
  { url, pid }: Contender,
  row: RowLoad,
  amount: number,
): Promise<Measurement> {
  const groups = { server: pid, ...(postmaster === undefined ? {} : { database: postmaster }) };
  const before = readProcessorTimes(groups);
  const result = await load.run({ url, requests: row.requests, connections, amount });
  const after = readProcessorTimes(groups);
  requireAnswers(result, row, url);
  const timeOf = (group: string) =>
    ((after.groups[group] ?? 0) - (before.groups[group] ?? 0)) / result.answers;
  return {
    rate: result.answers / result.seconds,
    p50: result.p50,
    p99: result.p99,
    serverTime: timeOf('server'),
    databaseTime: timeOf('database'),
    bytes: result.bytes,
    others: othersShare(before, after),
  };
}

function requireAnswers(
  {
    statuses,
    failures,
    answers,
  }: { statuses: Readonly<Record<string, number>>; failures: number; answers: number },
  { status, requests }: RowLoad,
  url: string,
): void {
  if (failures === 0 && answers > 0 && statuses[status] === answers) return;
  const path = requests[0]?.path ?? '';
  const found = JSON.stringify({ ...statuses, failures });
  throw new Error(`${url}${path}: expected answers of status ${status}, got ${found}.`);
}
