import { counted } from '../../counted.ts';
import { type Finding, fail, ok, warn } from '../../finding.ts';
import type { ReachedDatabase, ServerSettings } from './database.ts';

/** Numbers of connections, as the server counts them. */
export interface ConnectionFigures {
  /** The number that this user may open, by the limits of server, database and role. */
  readonly limit: number;
  /** The number that others have open now. */
  readonly used: number;
  /** The largest number that each process of this configuration opens. */
  readonly pool: number;
  readonly processes: number;
}

/** `processes` is the number of processes that serve with this configuration. Others, such as workers, are extra. */
export async function checkConnections(
  { diagnosis }: ReachedDatabase,
  settings: ServerSettings,
  processes: number,
): Promise<Finding> {
  const { limit, used } = await diagnosis.connections();
  return judgeConnections({ limit, used, pool: settings.poolSize, processes });
}

export function judgeConnections({ limit, used, pool, processes }: ConnectionFigures): Finding {
  const wanted = pool * processes;
  const sum = `${counted(processes, 'process')} × a pool of ${pool} = ${wanted}`;
  const remedy = `Lower DATABASE_POOL or WEB_CONCURRENCY (now ${pool} and ${processes}), or let the server take more (max_connections).`;
  if (wanted > limit) {
    return fail('database.connections', `${sum} connections, but the server admits ${limit}.`, remedy);
  }
  if (used >= limit) {
    return warn(
      'database.connections',
      `All ${limit} connections that the server admits are in use.`,
      remedy,
    );
  }
  // During a release, the old and the new processes both have their pools.
  if (wanted * 2 > limit) {
    return warn(
      'database.connections',
      `${sum} of ${limit} connections: too many for an old and a new release at the same time.`,
      remedy,
    );
  }
  return ok('database.connections', `${sum} of ${limit} connections at most; ${used} are in use now.`);
}
