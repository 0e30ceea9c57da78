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
  connectToServer,
  type ServerAddress,
} from './connection/connection.ts';
import { schemaName } from './connection/identifier.ts';
import { type PoolStatistics, poolStatistics } from './connection/pool-statistics.ts';
import { rowTypes } from './connection/row-types.ts';
import type { StatementLimit } from './connection/statement-limit.ts';
import { observeStatements, type Statement } from './connection/statements.ts';
import { openDatabase } from './database.ts';
import type { Database } from './tables/database.ts';
import { repositories } from './tables/index.ts';

/** What every way to a database takes. */
export interface SharedOptions {
  /** The Postgres schema that holds everything; `microblog` unless told. */
  readonly schema?: string;
  /**
   * Receives lost connections, and the errors of acts after a commit and of `onStatement`. Default: only those errors,
   * to the console.
   */
  readonly logger?: Logger;
  /**
   * Called after each statement. What it throws goes to the log. Not for a lent knex, which has events of its own.
   */
  readonly onStatement?: (statement: Statement) => void;
}

export interface PoolOptions extends SharedOptions {
  /**
   * A statement that takes longer fails with `storage_unavailable`, and its connection is given up. No limit
   * unless told. Statements of one storage may differ: those of migrations and archives take their time.
   */
  readonly statementLimit?: StatementLimit;
}

/** A server of one's own: the storage keeps a pool, and closes it. */
export interface ServerConnection extends PoolOptions {
  /** `postgres://user:password@host:port/database`; `postgresql://` is the same. Its `sslmode` wins over `ssl`. */
  readonly connectionString: string;
  /** As `pg` takes it: `false`, `true`, or options of TLS. */
  readonly ssl?: ServerAddress['ssl'];
  /** Connections at most; 10 unless told. */
  readonly poolSize?: number;
}

/** A pool of `pg` that stays its owner's. */
export interface LentPool extends PoolOptions {
  readonly pool: Pool;
}

/**
 * A knex instance that stays its owner's. With a transaction, everything happens inside it, `transaction()`
 * at a savepoint; it is the owner's to commit.
 */
export interface LentKnex extends Omit<SharedOptions, 'onStatement'> {
  readonly knex: Knex | Knex.Transaction;
}

/**
 * A PGlite that stays its owner's. Inside the owner's `pglite.transaction()` the storage must not be awaited:
 * it waits for that transaction to end.
 */
export interface LentPGlite extends SharedOptions {
  readonly pglite: PGlite;
}

/** One of four ways to a database: an address, or something that is lent and stays its owner's. */
export type PostgresStorageOptions = ServerConnection | LentPool | LentKnex | LentPGlite;

const knownOptions: KnownOptions<PostgresStorageOptions> = {
  ...{ connectionString: true, ssl: true, poolSize: true, pool: true, knex: true, pglite: true },
  ...{ schema: true, logger: true, onStatement: true, statementLimit: true },
};

/** A storage on Postgres, with what migrations and other adapters need to work beside it. */
export interface PostgresStorage extends Storage, ArchiveStorage {
  readonly knex: Knex | Knex.Transaction;
  readonly schema: string;
  /** Where the database is, for people: host, port and name, or a directory. Never a password. */
  readonly location: string;
  /** Whether no other process can have the database open: that of `embeddedStorage` is locked. */
  readonly exclusive: boolean;
  /**
   * Runs one statement of another adapter, inside `transaction` where one is given, and returns its rows.
   * `?` stands for a value. Fails as repositories do, and ends a transaction as they do.
   * @throws {Error} for a transaction that this storage has not handed out.
   */
  query<Row>(sql: string, values: readonly unknown[], transaction?: Transaction): Promise<Row[]>;
  /** Null for a lent knex, whose pool is its owner's, and for PGlite, which has one connection. */
  pool(): PoolStatistics | null;
}

/**
 * A storage on a Postgres server, or on a PGlite that is open already. Nothing is read or written before the
 * first call; the tables are made by `migrate`.
 * @throws {MicroblogError} `invalid_input` for a schema or a connection string of the wrong form.
 */
export function postgresStorage(options: PostgresStorageOptions): PostgresStorage {
  requireKnownOptions('postgresStorage', options, knownOptions);
  const schema = schemaName(options.schema);
  const { logger = consoleLogger } = options;
  const connection = connect(options, options.logger ?? silentLogger);
  if ('onStatement' in options && options.onStatement !== undefined && !('knex' in options)) {
    observeStatements(connection.knex, options.onStatement, logger);
  }
  return storageOn(connection, schema, { exclusive: false, session: sessionOf(options), logger });
}

interface StorageSettings extends Pick<PostgresStorage, 'exclusive'> {
  readonly session: Session;
  readonly logger: Logger;
}

/** The storage on a connection, which it releases when it is closed. */
export function storageOn(
  connection: Connection,
  schema: string,
  { exclusive, session, logger }: StorageSettings,
): PostgresStorage {
  const { knex, location, pool } = connection;
  const database = openDatabase({ knex, schema, location, logger });
  const opened = new WeakMap<Transaction, Database>();
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
      const target = transaction === undefined ? database : opened.get(transaction);
      if (target === undefined) throw new Error('The transaction is not one of this storage.');
      const { rows } = await target.write(({ executor }) =>
        executor.raw(sql, [...values] as Knex.RawBinding[]).options(rowTypes),
      );
      return rows;
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

function connect(options: PostgresStorageOptions, logger: Logger): Connection {
  if ('pool' in options) return borrowPool(options.pool, logger, options.statementLimit);
  if ('knex' in options) return borrowKnex(options.knex);
  if ('pglite' in options) return borrowPGlite(options.pglite, logger);
  return connectToServer(options, logger, options.statementLimit);
}
