import type { Clock } from '../ports/clock.ts';

export interface FixedClock extends Clock {
  /** Moves the clock on, or back with a negative number. */
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is moved. */
export function fixedClock(start: Date = new Date('2026-01-01T12:00:00.000Z')): FixedClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
