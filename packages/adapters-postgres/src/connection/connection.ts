import type { PGlite } from '@electric-sql/pglite';
import { type Logger, MicroblogError } from '@microblog/core';
import createKnex, { type Knex } from 'knex';
import pg from 'pg';
import { pgliteDialect } from './pglite-client.ts';
import { withPlainSslMode } from './ssl-mode.ts';
import type { StatementLimit } from './statement-limit.ts';
import { watchPool } from './watched-pool.ts';

/** A way to a database, and how to let go of what was opened for it. */
export interface Connection {
  readonly knex: Knex | Knex.Transaction;
  /** Where the database is, for people: host, port and name, or a directory. Never a password. */
  readonly location: string;
  release(): Promise<void>;
  /** Absent where knex alone knows its connections, and where there is only one. */
  readonly pool?: pg.Pool;
}

/** How long to wait for a connection, be it for the network or for one of the pool that is in use. */
const CONNECTION_TIMEOUT_MS = 5_000;
/** An idle connection is kept this long: making one anew takes several round trips. */
const IDLE_TIMEOUT_MS = 60_000;
/**
 * Silence after which the system asks whether the other machine is still there. Without it, a statement that has
 * no limit waits for two hours where that machine has died.
 */
const KEEP_ALIVE_DELAY_MS = 10_000;
/** PGlite has one connection, and a migration may hold it for a while. */
const PGLITE_TIMEOUT_MS = 10_000;

export interface ServerAddress {
  readonly connectionString: string;
  readonly ssl?: pg.PoolConfig['ssl'];
  readonly poolSize?: number;
}

export function connectToServer(
  { connectionString, ssl, poolSize }: ServerAddress,
  logger: Logger,
  limit: StatementLimit | undefined,
): Connection {
  const settings: pg.PoolConfig = {
    connectionString: withPlainSslMode(connectionString),
    ...(ssl === undefined ? {} : { ssl }),
    ...(poolSize === undefined ? {} : { max: poolSize }),
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    fallback_application_name: 'microblog',
  };
  const location = serverLocation(settings);
  const pool = new pg.Pool(settings);
  // Watched to the last: connections that are about to close may break, too.
  return { ...borrowPool(pool, logger, limit), location, release: () => pool.end() };
}

export function borrowPool(pool: pg.Pool, logger: Logger, limit: StatementLimit | undefined): Connection {
  const watched = watchPool(pool, logger, limit);
  // Never destroyed: that frees nothing, and statements that still run could not give back their connections.
  const knex = createKnex({
    client: 'pg',
    // knex only ever calls `connect` on it.
    connectionPool: watched as unknown as Knex.PgPoolLike,
    ...sharedSettings(logger),
  });
  return {
    knex,
    pool,
    location: serverLocation(pool.options),
    async release() {
      watched.unwatch();
    },
  };
}

export function borrowPGlite(pglite: PGlite, logger: Logger): Connection {
  const knex = createKnex({
    client: pgliteDialect(pglite),
    connection: { pglite } as Knex.StaticConnectionConfig,
    acquireConnectionTimeout: PGLITE_TIMEOUT_MS,
    ...sharedSettings(logger),
  });
  return { knex, location: pglite.dataDir ?? 'memory', release: () => knex.destroy() };
}

export function borrowKnex(knex: Knex | Knex.Transaction): Connection {
  const { connection } = knex.client.config as Knex.Config;
  const settings = typeof connection === 'string' ? { connectionString: connection } : connection;
  const known = typeof settings === 'object' && settings !== null && !('then' in settings);
  return {
    knex,
    location: known ? serverLocation(settings as pg.ClientConfig) : 'the lent knex instance',
    release: async () => {},
  };
}

/** knex reports on its own to the console, and puts values into the messages of errors, passwords' hashes too. */
function sharedSettings(logger: Logger) {
  const log = (message: unknown) => logger.debug({ from: 'knex' }, String(message));
  return {
    compileSqlOnError: false,
    // Not used for Postgres; told, it is not asked for on the first connection.
    version: '16',
    log: { warn: log, error: log, debug: log, deprecate: log },
  };
}

/** As `pg` understands the settings, with its defaults and the PG… variables. */
function serverLocation(settings: pg.ClientConfig): string {
  try {
    const { host, port, database } = new pg.Client(settings);
    return host.startsWith('/') ? `${host}/.s.PGSQL.${port} (${database})` : `${host}:${port}/${database}`;
  } catch {
    // Its own error would show the string, and with it the password.
    throw new MicroblogError(
      'invalid_input',
      'The connection string is not one: expected postgres://user:password@host:port/database.',
      { details: { fields: [{ field: 'connectionString', problem: 'wrong_type', params: {} }] } },
    );
  }
}
