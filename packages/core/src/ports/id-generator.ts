import { composeId, type Id } from '../kernel/ids.ts';
import type { Clock } from './clock.ts';

/** Makes unique ids in the order of time, without asking other processes. */
export interface IdGenerator {
  /**
   * A new id of the clock's current millisecond, or of `at` for an item that keeps an older time. Ids of one generator
   * rise strictly if `at` is not given. Two processes may rarely make the same id. Storages then throw `id_clash`, and
   * services retry with a new id.
   */
  next<Kind extends Id>(at?: Date): Kind;
}

const SEQUENCES = 65_536;

/**
 * The clock's milliseconds, and a sequence that starts at a random number in each millisecond. If the clock goes back,
 * or a millisecond runs out of numbers, ids continue from the last one.
 */
export function timeOrderedIds(clock: Clock, random: () => number = Math.random): IdGenerator {
  let lastMillisecond = -1;
  let lastSequence = 0;
  // A start in the lower half leaves room to count up in the same millisecond.
  const start = () => Math.floor(random() * (SEQUENCES / 2));
  return {
    next<Kind extends Id>(at?: Date): Kind {
      if (at !== undefined) return composeId<Kind>(at.getTime(), Math.floor(random() * SEQUENCES));
      const now = clock.now().getTime();
      if (now > lastMillisecond) {
        lastMillisecond = now;
        lastSequence = start();
      } else if (++lastSequence >= SEQUENCES) {
        lastMillisecond++;
        lastSequence = start();
      }
      return composeId<Kind>(lastMillisecond, lastSequence);
    },
  };
}
