import { type Finding, fail, ok, warn } from '../../finding.ts';
import type { ReachedDatabase } from './database.ts';

/**
 * In milliseconds. Ids and their order come from the clocks of the processes, some times from the clock of the
 * database.
 */
const NOTICEABLE = 1_000;
const HARMFUL = 60_000;

/** Whether the clocks of this machine and of the database agree. The time zone of the database does not matter. */
export async function checkClock(
  { diagnosis }: ReachedDatabase,
  now: () => number = Date.now,
): Promise<Finding> {
  const before = now();
  const { time, zone } = await diagnosis.clock();
  const after = now();
  // The server read its clock between question and answer. The middle is wrong by at most half of that time.
  const skew = Math.round(time - (before + after) / 2);
  const uncertain = Math.ceil((after - before) / 2);
  const off = Math.max(0, Math.abs(skew) - uncertain);
  const zoneText = `Its time zone is ${zone}; times are kept without one.`;
  if (off < NOTICEABLE)
    return ok('database.clock', `The clocks agree within ${off + uncertain} ms. ${zoneText}`);
  const text = `The clock of the database is ${(Math.abs(skew) / 1000).toFixed(1)} s ${skew > 0 ? 'ahead' : 'behind'}.`;
  const remedy = 'Set both machines by a time server (NTP): timedatectl set-ntp true';
  return off < HARMFUL ? warn('database.clock', text, remedy) : fail('database.clock', text, remedy);
}
