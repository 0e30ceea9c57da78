import { type Finding, ok, warn } from '../../finding.ts';
import { askRow, type ReachedDatabase } from './database.ts';

/** The oldest major version that its makers still mend: https://www.postgresql.org/support/versioning/ */
const OLDEST_MAJOR = 14;
/** Milliseconds for a round trip, above which a page of four statements becomes slow by them alone. */
const SLOW_ROUND_TRIP = 20;
const ROUND_TRIPS = 5;

/** Version and distance. */
export async function checkServer(database: ReachedDatabase): Promise<Finding[]> {
  const { version, number } = await askRow(
    database,
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
  );
  const trips = [];
  for (let n = 0; n < ROUND_TRIPS; n++) trips.push(await roundTrip(database));
  const median = trips.toSorted((a, b) => a - b)[Math.floor(ROUND_TRIPS / 2)] ?? 0;
  return [
    judgeVersion(String(version), Math.floor(Number(number) / 10_000), database),
    judgeDistance(median, database.config.database.kind),
  ];
}

function judgeVersion(version: string, major: number, { storage, config }: ReachedDatabase): Finding {
  const name = `Postgres ${version.split(' ')[0]}`;
  if (config.database.kind === 'embedded') return ok('database', `${name}, embedded, in ${storage.location}`);
  return major >= OLDEST_MAJOR
    ? ok('database', `${name} at ${storage.location}`)
    : warn(
        'database',
        `${name} at ${storage.location} is no longer mended by its makers.`,
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

async function roundTrip(database: ReachedDatabase): Promise<number> {
  const start = performance.now();
  await askRow(database, 'select 1');
  return performance.now() - start;
}
