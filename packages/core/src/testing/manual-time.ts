import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import { fixedClock } from './fixed-clock.ts';

/** A clock that a test moves, and timers that fire when it passes their time. */
export interface ManualTime {
  readonly clock: Clock;
  readonly timer: Timer;
  pass(milliseconds: number): void;
}

/** Makes a clock and timers that only a test moves. */
export function manualTime(start?: Date): ManualTime {
  const clock = fixedClock(start);
  const alarms = new Set<{ readonly at: number; readonly act: () => void }>();
  return {
    clock,
    timer(milliseconds, act) {
      const alarm = { at: clock.now().getTime() + milliseconds, act };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    pass(milliseconds) {
      clock.advance(milliseconds);
      const due = [...alarms].filter(({ at }) => at <= clock.now().getTime());
      for (const alarm of due.sort((one, other) => one.at - other.at)) {
        if (alarms.delete(alarm)) alarm.act();
      }
    },
  };
}
