/** Sends requests for the parent process, so that the client's work is not counted as the server's. */

import autocannon from 'autocannon';
import type { Load, LoadResult } from './load.ts';

process.on('message', (load: Load) => {
  void run(load).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());

async function run({ url, requests, connections, amount }: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  let bytes = 0;
  let last = 0;
  let client = 0;
  const finished = Promise.withResolvers<autocannon.Result>();
  const options: autocannon.Options = {
    url,
    connections,
    amount,
    // Short, since a run ends with a sample.
    sampleInt: 20,
    // Seconds. A machine with much other work is slow, not broken.
    timeout: 60,
    // Each connection has its own part of the list: autocannon prepares a list for each connection.
    setupClient(each) {
      const part = requests.filter((_, index) => index % connections === client % connections);
      each.setRequests(part.length > 0 ? part : [...requests]);
      client++;
    },
  };
  const running = autocannon(options, (error, result) => {
    if (error === null || error === undefined) finished.resolve(result);
    else finished.reject(error);
  });
  const begun = performance.now();
  running.on('response', (_client, status, size, latency) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
    bytes += size;
    latencies.push(latency);
    last = performance.now();
  });
  const { errors, timeouts } = await finished.promise;
  latencies.sort((one, other) => one - other);
  const percentile = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;
  return {
    answers: latencies.length,
    seconds: (last - begun) / 1000,
    p50: percentile(0.5),
    p99: percentile(0.99),
    bytes: bytes / Math.max(1, latencies.length),
    statuses,
    failures: errors + timeouts,
  };
}
