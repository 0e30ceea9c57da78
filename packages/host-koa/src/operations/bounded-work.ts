import { hostError } from '../host-errors.ts';

/** Runs dear work a few at a time. */
export type BoundedWork = <Result>(work: () => Promise<Result>) => Promise<Result>;

export interface WorkBounds {
  /** How many run at once. */
  readonly atOnce: number;
  /** How many more may wait for their turn. */
  readonly waiting: number;
}

/** What waits longer than a second or two helps nobody, so the line is short. @throws `too_busy` if the line is full. */
export function boundedWork({ atOnce, waiting }: WorkBounds): BoundedWork {
  const line: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (line.length >= waiting) throw hostError('too_busy', 'Too much of this work waits already.');
      // The one that ends hands over its place.
      await new Promise<void>((resolve) => void line.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
