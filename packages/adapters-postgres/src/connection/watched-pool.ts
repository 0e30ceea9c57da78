import type { Logger } from '@microblog/core';
import type { Pool, PoolClient } from 'pg';
import { limitStatements, type StatementLimit } from './statement-limit.ts';

/** A pool of connections as knex takes it from others. */
export interface WatchedPool {
  connect(): Promise<PoolClient>;
  /** Stops watching; the pool stays open. */
  unwatch(): void;
}

/**
 * Makes a pool outlive its connections. When a server restarts, `pg` reports each lost connection by an
 * 'error' event: on the pool for an idle one, on the client for one in use. Nobody listening to such an event
 * ends the process, so there is always a listener, and what broke never goes back into the pool. Nor does a connection whose
 * statement took longer than `limit` allows.
 */
export function watchPool(pool: Pool, logger: Logger, limit: StatementLimit | undefined): WatchedPool {
  // Not the error itself: the pool hangs the whole client on it, password included.
  const onIdleError = ({ message }: Error) =>
    logger.warn({ reason: message }, 'an idle database connection was lost');
  pool.on('error', onIdleError);
  return {
    async connect() {
      const client = await pool.connect();
      let broken: Error | undefined;
      const onError = (error: Error) => {
        broken = error;
      };
      client.on('error', onError);
      const unlimit = limit === undefined ? () => {} : limitStatements({ pool, client, limit }, onError);
      // The pool makes a `release` of its own for each time that it hands out the client.
      const release = client.release;
      client.release = (destroy) => {
        unlimit();
        release(destroy === undefined || destroy === false ? broken : destroy);
        client.off('error', onError);
      };
      return client;
    },
    unwatch: () => {
      pool.off('error', onIdleError);
    },
  };
}
