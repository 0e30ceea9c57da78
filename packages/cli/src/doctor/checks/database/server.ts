import { type Finding, ok, warn } from '../../finding.ts';
import type { ReachedDatabase } from './database.ts';

/** The oldest major version with support: https://www.postgresql.org/support/versioning/ */
const OLDEST_MAJOR = 14;
/** In milliseconds. With longer round trips, the four statements of a page are slow because of the distance alone. */
const SLOW_ROUND_TRIP = 20;
const ROUND_TRIPS = 5;

/** Checks the version of the server and the time of a round trip. */
export async function checkServer({ diagnosis, config }: ReachedDatabase): Promise<Finding[]> {
  const { version, major } = await diagnosis.server();
  const trips = [];
  for (let n = 0; n < ROUND_TRIPS; n++) trips.push(await diagnosis.roundTrip());
  const median = trips.toSorted((a, b) => a - b)[Math.floor(ROUND_TRIPS / 2)] ?? 0;
  return [judgeVersion(version, major, { diagnosis, config }), judgeDistance(median, config.database.kind)];
}

function judgeVersion(version: string, major: number, { diagnosis, config }: ReachedDatabase): Finding {
  const name = `Postgres ${version.split(' ')[0]}`;
  if (config.database.kind === 'embedded')
    return ok('database', `${name}, embedded, in ${diagnosis.location}`);
  return major >= OLDEST_MAJOR
    ? ok('database', `${name} at ${diagnosis.location}`)
    : warn(
        'database',
        `${name} at ${diagnosis.location} no longer gets fixes.`,
        `Upgrade the server to Postgres ${OLDEST_MAJOR} or newer.`,
      );
}

export function judgeDistance(milliseconds: number, kind: 'server' | 'embedded'): Finding {
  const text = `${milliseconds.toFixed(1)} ms for a round trip.`;
  if (kind === 'embedded' || milliseconds < SLOW_ROUND_TRIP) return ok('database.latency', text);
  return warn(
    'database.latency',
    `${text} A page takes up to four of them.`,
    'Run program and database in the same region, or look for load on either.',
  );
}
