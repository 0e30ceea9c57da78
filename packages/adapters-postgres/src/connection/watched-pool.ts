import type { Logger } from '@microblog/core';
import type { Pool, PoolClient } from 'pg';
import { limitStatements, type StatementLimit } from './statement-limit.ts';

/** A connection pool in the form that knex expects. */
export interface WatchedPool {
  connect(): Promise<PoolClient>;
  /** Stops watching. The pool stays open. */
  unwatch(): void;
}

/**
 * Keeps the process and the pool working when connections break. If a server restarts, `pg` emits an 'error' event for
 * each lost connection: on the pool for an idle one, on the client for one in use. Without a listener, such an event
 * ends the process. So there is always a listener, and a broken connection never goes back into the pool. The same
 * holds for a connection whose statement exceeded `limit`.
 */
export function watchPool(pool: Pool, logger: Logger, limit: StatementLimit | undefined): WatchedPool {
  // Not the error itself: the pool attaches the whole client to it, with the password.
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
      // The pool makes a new `release` each time that it hands out the client.
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
