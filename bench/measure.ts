export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** Runs `work` so often, one after the other, after five rounds that do not count. In milliseconds. */
export async function measure(work: () => Promise<unknown>, rounds = 200): Promise<Times> {
  for (let round = 0; round < 5; round++) await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
