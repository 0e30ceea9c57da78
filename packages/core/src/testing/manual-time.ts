import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';
import { fixedClock } from './fixed-clock.ts';

/** A clock that stands still until it is moved, and timers that ring when it passes them. */
export interface ManualTime {
  readonly clock: Clock;
  readonly timer: Timer;
  pass(milliseconds: number): void;
}

/** A clock and timers that stand still until they are moved. */
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
      const ringing = [...alarms].filter(({ at }) => at <= clock.now().getTime());
      for (const alarm of ringing.sort((one, other) => one.at - other.at)) {
        if (alarms.delete(alarm)) alarm.act();
      }
    },
  };
}
