import { callIsolated, type Logger, MicroblogError } from '@microblog/core';
import type { Knex } from 'knex';
import { storageClosed } from './connection/connection-faults.ts';
import type { HotRunner } from './connection/hot-runner.ts';
import { statementsOf } from './connection/hot-statement.ts';
import { onceCommitted } from './connection/lent-transaction.ts';
import { storageError, unavailable } from './storage-errors.ts';
import type { Database } from './tables/database.ts';
import { bindModels, type Models } from './tables/models.ts';

export interface TransactionalDatabase extends Database {
  /**
   * Runs `work` in a transaction; `Storage.transaction` describes what ends it. `afterCommit` is that of `Transaction`.
   */
  transaction<Result>(
    work: (database: Database, afterCommit: (callback: () => void) => void) => Promise<Result>,
    settings?: Knex.TransactionConfig,
  ): Promise<Result>;
  /** From now on every call throws `storage_unavailable`. Resolves when all running calls have ended. */
  close(): Promise<void>;
}

/** Runs statements in one place: on the connections of the storage, or in a transaction. */
interface Executor extends Pick<Database, 'run'> {
  readonly models: Models;
}

export interface DatabaseNeeds {
  /** If it is a transaction, everything happens inside it. */
  readonly knex: Knex | Knex.Transaction;
  readonly runHot: HotRunner;
  readonly schema: string;
  /** The location of the database, for messages; without a password. */
  readonly location: string;
  /** Logs errors of `afterCommit` callbacks. */
  readonly logger: Logger;
}

export function openDatabase({
  knex,
  runHot,
  schema,
  location,
  logger,
}: DatabaseNeeds): TransactionalDatabase {
  const prepare = statementsOf(schema);
  const executorOf = (transaction: Knex.Transaction | null): Executor => {
    let models: Models | undefined;
    return {
      // Most calls in a transaction are hot statements, which need no models.
      get models() {
        models ??= bindModels(knex, schema, transaction ?? knex);
        return models;
      },
      // The statement's own types say what its columns are.
      run: (statement, values) =>
        runHot(prepare(statement), values, transaction) as Promise<readonly never[]>,
    };
  };
  const isLent = knex.isTransaction === true;
  const outside = executorOf(isLent ? (knex as Knex.Transaction) : null);
  const running = new Set<Promise<unknown>>();
  let closed = false;

  /** Runs one call, unless the storage is closed. Tracks the running calls. */
  async function call<Result>(work: () => Promise<Result>): Promise<Result> {
    if (closed) throw unavailable(storageClosed, location);
    const promise = work();
    running.add(promise);
    try {
      return await promise;
    } catch (error) {
      throw storageError(error, location);
    } finally {
      running.delete(promise);
    }
  }

  /** In a lent transaction, only the failed write is rolled back, and the transaction stays usable. */
  function writeAtSavepoint<Result>(work: (executor: Executor) => PromiseLike<Result>): Promise<Result> {
    return call(() => knex.transaction(async (savepoint) => work(executorOf(savepoint))));
  }

  const transaction: TransactionalDatabase['transaction'] = async (work, settings) => {
    const callbacks: (() => void)[] = [];
    let thrownByWork: { readonly error: unknown } | undefined;
    const run = async (opened: Knex.Transaction) => {
      try {
        return await insideTransaction(executorOf(opened), location, (inside) =>
          work(inside, (callback) => void callbacks.push(callback)),
        );
      } catch (error) {
        thrownByWork = { error };
        throw error;
      }
    };
    try {
      const result = await call(() => knex.transaction(run, settings));
      const callAll = () => {
        for (const callback of callbacks) {
          callIsolated(callback, (err) => logger.error({ err }, 'an act after a commit failed'));
        }
      };
      if (callbacks.length > 0 && isLent) onceCommitted(knex as Knex.Transaction, callAll);
      else callAll();
      return result;
    } catch (error) {
      // If the rollback fails too, throw the error that caused it: it says more.
      throw thrownByWork === undefined ? error : thrownByWork.error;
    }
  };

  const doRead = <Result>(work: (executor: Executor) => PromiseLike<Result>) =>
    call(async () => work(outside));
  const doWrite = isLent ? writeAtSavepoint : doRead;
  return {
    read: (work) => doRead(({ models }) => work(models)),
    write: (work) => doWrite(({ models }) => work(models)),
    run: (statement, values) => (statement.writes ? doWrite : doRead)(({ run }) => run(statement, values)),
    transaction,
    async close() {
      closed = true;
      await Promise.allSettled(running);
    },
  };
}

/**
 * After an error, Postgres accepts no more statements in a transaction and turns a COMMIT into a silent ROLLBACK. So
 * the first error is kept. All later calls fail with it, and so does the transaction, even if the work caught it or
 * did not await the call. So the calls that still run when the work ends are awaited first. After that, calls fail.
 */
async function insideTransaction<Result>(
  executor: Executor,
  location: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const running = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  async function attempt<Row>(query: () => PromiseLike<Row>): Promise<Row> {
    try {
      return await query();
    } catch (error) {
      failure ??= { error: storageError(error, location) };
      throw failure.error;
    }
  }
  async function run<Row>(query: () => PromiseLike<Row>): Promise<Row> {
    if (ended) throw new MicroblogError('storage_failed', 'The transaction has ended.');
    if (failure !== undefined) throw failure.error;
    const call = attempt(query);
    running.add(call);
    try {
      return await call;
    } finally {
      running.delete(call);
    }
  }
  let result: Result;
  try {
    const onModels: Database['read'] = (query) => run(() => query(executor.models));
    result = await work({
      read: onModels,
      write: onModels,
      run: (statement, values) => run(() => executor.run(statement, values)),
    });
  } finally {
    while (running.size > 0) await Promise.allSettled(running);
    ended = true;
  }
  if (failure !== undefined) throw failure.error;
  return result;
}
