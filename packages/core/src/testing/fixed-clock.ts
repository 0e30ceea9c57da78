import type { Clock } from '../ports/clock.ts';

export interface FixedClock extends Clock {
  /** Moves the clock forward, or back for a negative number. */
  advance(milliseconds: number): void;
}

/** A clock that changes only when a test moves it. */
export function fixedClock(start: Date = new Date('2026-01-01T12:00:00.000Z')): FixedClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
