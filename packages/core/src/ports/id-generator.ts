import { composeId, type Id } from '../kernel/ids.ts';
import type { Clock } from './clock.ts';

/** Makes ids that nobody has made before, in the order of time, without asking other processes. */
export interface IdGenerator {
  /**
   * A new id of the clock's present millisecond, or of `at` where an item from elsewhere keeps its time.
   * Ids of one generator rise strictly as long as `at` is not given. Two processes may, rarely, make the
   * same id; storages then throw `id_clash`, and services try again with a new one.
   */
  next<Kind extends Id>(at?: Date): Kind;
}

const SEQUENCES = 65_536;

/**
 * Milliseconds from the clock, and a sequence that starts at a random place in each millisecond. When the
 * clock goes back, or a millisecond runs out of sequence numbers, ids go on from the last one.
 */
export function timeOrderedIds(clock: Clock, random: () => number = Math.random): IdGenerator {
  let lastMillisecond = -1;
  let lastSequence = 0;
  // A start in the lower half leaves room to count on within the same millisecond.
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
