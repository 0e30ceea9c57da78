import type { PGlite } from '@electric-sql/pglite';
import { type Logger, MicroblogError } from '@microblog/core';
import createKnex, { type Knex } from 'knex';
import pg from 'pg';
import { type HotRunner, hotRunnerOnKnex } from './hot-runner.ts';
import { hotRunnerOnPGlite } from './hot-runner-on-pglite.ts';
import { hotRunnerOnPool } from './hot-runner-on-pool.ts';
import { pgliteDialect } from './pglite-client.ts';
import { withPlainSslMode } from './ssl-mode.ts';
import type { StatementLimit } from './statement-limit.ts';
import { observeStatements, type ReportStatement } from './statements.ts';
import { watchPool } from './watched-pool.ts';

/** A connection to a database. It can release what was opened for it. */
export interface Connection {
  readonly knex: Knex | Knex.Transaction;
  /** The location of the database, for messages: host, port and name, or a directory. Never contains a password. */
  readonly location: string;
  readonly runHot: HotRunner;
  release(): Promise<void>;
  /** Absent if only knex knows the connections, and if there is only one. */
  readonly pool?: pg.Pool;
}

/** How long to wait for a connection: for the network, or until one in the pool is free. */
const CONNECTION_TIMEOUT_MS = 5_000;
/** An idle connection stays open this long: opening a new one takes several round trips. */
const IDLE_TIMEOUT_MS = 60_000;
/**
 * After this much silence, the operating system checks whether the other machine still answers. Without it, a statement
 * without a limit would wait two hours for a machine that died.
 */
const KEEP_ALIVE_DELAY_MS = 10_000;
/** PGlite has one connection, and a migration may use it for some time. */
const PGLITE_TIMEOUT_MS = 10_000;

/** What all kinds of connections need. */
export interface ConnectionNeeds {
  readonly logger: Logger;
  /** Called after each statement. Null: statements are not observed. */
  readonly report: ReportStatement | null;
}

export interface PoolNeeds extends ConnectionNeeds {
  readonly limit: StatementLimit | undefined;
  /** Whether hot statements are prepared. */
  readonly prepared: boolean;
}

export interface ServerAddress {
  readonly connectionString: string;
  readonly ssl?: pg.PoolConfig['ssl'];
  readonly poolSize?: number;
}

export function connectToServer(
  { connectionString, ssl, poolSize }: ServerAddress,
  needs: PoolNeeds,
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
  // Keep the error handler until the pool has ended: closing connections can fail too.
  return { ...borrowPool(pool, needs), location, release: () => pool.end() };
}

export function borrowPool(pool: pg.Pool, { logger, report, limit, prepared }: PoolNeeds): Connection {
  const watched = watchPool(pool, logger, limit);
  // Never destroyed: that would free nothing, and running statements could not give their connections back.
  const knex = createKnex({
    client: 'pg',
    // knex only calls `connect` on it.
    connectionPool: watched as unknown as Knex.PgPoolLike,
    ...sharedSettings(logger),
  });
  if (report !== null) observeStatements(knex, report);
  return {
    knex,
    pool,
    runHot: hotRunnerOnPool({ pool: watched, prepared, report, logger }),
    location: serverLocation(pool.options),
    async release() {
      watched.unwatch();
    },
  };
}

export function borrowPGlite(pglite: PGlite, { logger, report }: ConnectionNeeds): Connection {
  const knex = createKnex({
    client: pgliteDialect(pglite),
    connection: { pglite } as Knex.StaticConnectionConfig,
    acquireConnectionTimeout: PGLITE_TIMEOUT_MS,
    ...sharedSettings(logger),
  });
  if (report !== null) observeStatements(knex, report);
  return {
    knex,
    location: pglite.dataDir ?? 'memory',
    runHot: hotRunnerOnPGlite(pglite, report),
    release: () => knex.destroy(),
  };
}

export function borrowKnex(knex: Knex | Knex.Transaction): Connection {
  const { connection } = knex.client.config as Knex.Config;
  const settings = typeof connection === 'string' ? { connectionString: connection } : connection;
  const known = typeof settings === 'object' && settings !== null && !('then' in settings);
  return {
    knex,
    runHot: hotRunnerOnKnex(knex),
    location: known ? serverLocation(settings as pg.ClientConfig) : 'the lent knex instance',
    release: async () => {},
  };
}

/** knex logs to the console by itself, and its error messages contain values, even password hashes. */
function sharedSettings(logger: Logger) {
  const log = (message: unknown) => logger.debug({ from: 'knex' }, String(message));
  return {
    compileSqlOnError: false,
    // Not used for Postgres, but without it knex queries the version on the first connection.
    version: '16',
    log: { warn: log, error: log, debug: log, deprecate: log },
  };
}

/** Reads the settings as `pg` does, with its defaults and the PG… variables. */
function serverLocation(settings: pg.ClientConfig): string {
  try {
    const { host, port, database } = new pg.Client(settings);
    return host.startsWith('/') ? `${host}/.s.PGSQL.${port} (${database})` : `${host}:${port}/${database}`;
  } catch {
    // The original error would show the connection string with the password.
    throw new MicroblogError(
      'invalid_input',
      'The connection string is invalid: expected postgres://user:password@host:port/database.',
      { details: { fields: [{ field: 'connectionString', problem: 'wrong_type', params: {} }] } },
    );
  }
}
