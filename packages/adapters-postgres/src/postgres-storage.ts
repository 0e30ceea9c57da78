import type { PGlite } from '@electric-sql/pglite';
import {
  type ArchiveStorage,
  consoleLogger,
  type KnownOptions,
  type Logger,
  requireKnownOptions,
  type Storage,
  silentLogger,
  type Transaction,
} from '@microblog/core';
import type { Knex } from 'knex';
import type { Pool } from 'pg';
import { postgresArchive, type Session } from './archive/postgres-archive.ts';
import {
  borrowKnex,
  borrowPGlite,
  borrowPool,
  type Connection,
  type ConnectionNeeds,
  connectToServer,
  type ServerAddress,
} from './connection/connection.ts';
import { type HotRow, type HotStatement, type HotValue, hotWrite } from './connection/hot-statement.ts';
import { schemaName } from './connection/identifier.ts';
import { type PoolStatistics, poolStatistics } from './connection/pool-statistics.ts';
import { rowTypes } from './connection/row-types.ts';
import type { StatementLimit } from './connection/statement-limit.ts';
import { reportTo, type Statement } from './connection/statements.ts';
import { openDatabase } from './database.ts';
import type { Database } from './tables/database.ts';
import { repositories } from './tables/index.ts';

/** Options common to all kinds of connections. */
export interface SharedOptions {
  /** The Postgres schema for all tables. Default: `microblog`. */
  readonly schema?: string;
  /**
   * Logs lost connections, and errors of `afterCommit` callbacks and of `onStatement`. Default: only those errors, to
   * the console.
   */
  readonly logger?: Logger;
  /** Called after each statement. Errors that it throws are logged. Not for a lent knex, which has its own events. */
  readonly onStatement?: (statement: Statement) => void;
}

export interface PoolOptions extends SharedOptions {
  /**
   * A slower statement fails with `storage_unavailable`, and its connection is closed. Default: no limit. The limit may
   * differ by statement: migrations and archives need more time.
   */
  readonly statementLimit?: StatementLimit;
  /**
   * Whether each connection parses the statements of pages once and keeps them, under names that begin with
   * `microblog_`. Default: true. False is for a pooler that gives each transaction another connection and does not know
   * prepared statements. If their loss is noticed, none is prepared any more, and `logger` gets a warning.
   */
  readonly prepareStatements?: boolean;
}

/** A connection to a server. The storage opens a pool and closes it. */
export interface ServerConnection extends PoolOptions {
  /** `postgres://user:password@host:port/database`; `postgresql://` is the same. Its `sslmode` wins over `ssl`. */
  readonly connectionString: string;
  /** As in `pg`: `false`, `true`, or TLS options. */
  readonly ssl?: ServerAddress['ssl'];
  /** The largest number of connections. Default: 10. */
  readonly poolSize?: number;
}

/** A `pg` pool of the host application. The storage does not close it. */
export interface LentPool extends PoolOptions {
  readonly pool: Pool;
}

/**
 * A knex instance of the host application. The storage does not close it. If it is a transaction, everything happens
 * inside it and `transaction()` makes a savepoint. Only the application commits it.
 */
export interface LentKnex extends Omit<SharedOptions, 'onStatement'> {
  readonly knex: Knex | Knex.Transaction;
}

/**
 * A PGlite of the host application. The storage does not close it. Do not await the storage inside the application's
 * own `pglite.transaction()`: the storage waits for that transaction to end.
 */
export interface LentPGlite extends SharedOptions {
  readonly pglite: PGlite;
}

/** One of four kinds of connections: the address of a server, or an object that the host application lends. */
export type PostgresStorageOptions = ServerConnection | LentPool | LentKnex | LentPGlite;

const knownOptions: KnownOptions<PostgresStorageOptions> = {
  ...{ connectionString: true, ssl: true, poolSize: true, pool: true, knex: true, pglite: true },
  ...{ schema: true, logger: true, onStatement: true, statementLimit: true },
  prepareStatements: true,
};

/** A storage on Postgres, with what migrations and other adapters need. */
export interface PostgresStorage extends Storage, ArchiveStorage {
  readonly knex: Knex | Knex.Transaction;
  readonly schema: string;
  /** The location of the database, for messages: host, port and name, or a directory. Never contains a password. */
  readonly location: string;
  /** True if no other process can open the database: `embeddedStorage` locks it. */
  readonly exclusive: boolean;
  /**
   * Runs one statement of another adapter and returns its rows. Runs inside `transaction` if it is given. `?` stands
   * for a value. Fails, and ends a transaction, like repositories do.
   * @throws {Error} for a transaction of another storage.
   */
  query<Row>(sql: string, values: readonly unknown[], transaction?: Transaction): Promise<Row[]>;
  /**
   * As `query`, for a statement of another adapter that runs very often and returns nothing. `$1` stands for a value.
   * On connections to a server it is prepared, so its text must not vary.
   */
  run(sql: string, values: readonly HotValue[], transaction?: Transaction): Promise<void>;
  /** Null for a lent knex, which owns its pool, and for PGlite, which has one connection. */
  pool(): PoolStatistics | null;
}

/**
 * A storage on a Postgres server or on an open PGlite. Does not access the database before the first call. `migrate`
 * creates the tables.
 * @throws {MicroblogError} `invalid_input` for an invalid schema name or connection string.
 */
export function postgresStorage(options: PostgresStorageOptions): PostgresStorage {
  requireKnownOptions('postgresStorage', options, knownOptions);
  const schema = schemaName(options.schema);
  const { logger = consoleLogger } = options;
  const observe = 'knex' in options ? undefined : options.onStatement;
  const connection = connect(options, {
    logger: options.logger ?? silentLogger,
    report: reportTo(observe, logger),
  });
  return storageOn(connection, schema, { exclusive: false, session: sessionOf(options), logger });
}

interface StorageSettings extends Pick<PostgresStorage, 'exclusive'> {
  readonly session: Session;
  readonly logger: Logger;
}

/** A storage on a connection. Closing the storage releases the connection. */
export function storageOn(
  connection: Connection,
  schema: string,
  { exclusive, session, logger }: StorageSettings,
): PostgresStorage {
  const { knex, location, pool, runHot } = connection;
  const database = openDatabase({ knex, runHot, schema, location, logger });
  const opened = new WeakMap<Transaction, Database>();
  const ownStatements = new Map<string, HotStatement<readonly HotValue[], HotRow>>();
  const targetOf = (transaction: Transaction | undefined): Database => {
    const target = transaction === undefined ? database : opened.get(transaction);
    if (target === undefined) throw new Error('The transaction is not one of this storage.');
    return target;
  };
  let closing: Promise<void> | undefined;
  return {
    ...repositories(database),
    ...postgresArchive(database, session),
    knex,
    schema,
    location,
    exclusive,
    transaction: (work) =>
      database.transaction((inside, afterCommit) => {
        const transaction: Transaction = { ...repositories(inside), afterCommit };
        opened.set(transaction, inside);
        return work(transaction);
      }),
    async query(sql, values, transaction) {
      const { rows } = await targetOf(transaction).write(({ executor }) =>
        executor.raw(sql, [...values] as Knex.RawBinding[]).options(rowTypes),
      );
      return rows;
    },
    async run(sql, values, transaction) {
      const statement = ownStatements.get(sql) ?? hotWrite<readonly HotValue[], HotRow>(() => sql);
      ownStatements.set(sql, statement);
      await targetOf(transaction).run(statement, values);
    },
    pool: () => (pool === undefined ? null : poolStatistics(pool)),
    close: () => {
      closing ??= database.close().then(() => connection.release());
      return closing;
    },
  };
}

function sessionOf(options: PostgresStorageOptions): Session {
  if ('pglite' in options) return 'single';
  return 'knex' in options && options.knex.isTransaction === true ? 'lent' : 'pool';
}

function connect(options: PostgresStorageOptions, needs: ConnectionNeeds): Connection {
  if ('knex' in options) return borrowKnex(options.knex);
  if ('pglite' in options) return borrowPGlite(options.pglite, needs);
  const { statementLimit: limit, prepareStatements: prepared = true } = options;
  const poolNeeds = { ...needs, limit, prepared };
  return 'pool' in options ? borrowPool(options.pool, poolNeeds) : connectToServer(options, poolNeeds);
}
