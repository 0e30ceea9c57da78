/** Milliseconds: the median, and the 99th percentile. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** Reads a clock, in milliseconds. */
export type Clock = () => number;

/** Runs `work` so often, one after the other, after some rounds that do not count. */
export async function measure(
  work: () => Promise<unknown>,
  {
    rounds = 200,
    clock = () => performance.now(),
  }: { readonly rounds?: number; readonly clock?: Clock } = {},
): Promise<Times> {
  for (let round = 0; round < Math.min(5, rounds); round++) await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = clock();
    await work();
    times.push(clock() - start);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** The medians of several series, so that a series disturbed by other work does not count. */
export function medianTimes(series: readonly Times[]): Times {
  const middle = (figure: keyof Times) =>
    percentile(
      series.map((times) => times[figure]),
      0.5,
    );
  return { p50: middle('p50'), p99: middle('p99') };
}

function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
