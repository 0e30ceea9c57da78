import type { Pool } from 'pg';

/** The current connections of one process to a Postgres server. */
export interface PoolStatistics {
  /** Open connections, in use or not. */
  readonly size: number;
  readonly idle: number;
  /** Callers waiting for a connection. */
  readonly waiting: number;
  /** The largest number of connections that the pool may open. */
  readonly limit: number;
}

export function poolStatistics(pool: Pool): PoolStatistics {
  const { totalCount, idleCount, waitingCount, options } = pool;
  return { size: totalCount, idle: idleCount, waiting: waitingCount, limit: options.max };
}
