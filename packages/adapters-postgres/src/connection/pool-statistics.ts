import type { Pool } from 'pg';

/** The connections of one process to a Postgres server, at this moment. */
export interface PoolStatistics {
  /** Open connections, in use or not. */
  readonly size: number;
  readonly idle: number;
  /** Callers that wait for a connection. */
  readonly waiting: number;
  /** Connections that the pool may open. */
  readonly limit: number;
}

export function poolStatistics(pool: Pool): PoolStatistics {
  const { totalCount, idleCount, waitingCount, options } = pool;
  return { size: totalCount, idle: idleCount, waiting: waitingCount, limit: options.max };
}
