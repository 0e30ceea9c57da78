import { callIsolated, type Logger, MicroblogError } from '@microblog/core';
import type { Knex } from 'knex';
import { storageClosed } from './connection/connection-faults.ts';
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

export interface DatabaseNeeds {
  /** If it is a transaction, everything happens inside it. */
  readonly knex: Knex | Knex.Transaction;
  readonly schema: string;
  /** The location of the database, for messages; without a password. */
  readonly location: string;
  /** Logs errors of `afterCommit` callbacks. */
  readonly logger: Logger;
}

export function openDatabase({ knex, schema, location, logger }: DatabaseNeeds): TransactionalDatabase {
  const models = bindModels(knex, schema);
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
  function writeAtSavepoint<Result>(work: (models: Models) => PromiseLike<Result>): Promise<Result> {
    return call(() => knex.transaction(async (savepoint) => work(bindModels(knex, schema, savepoint))));
  }

  const transaction: TransactionalDatabase['transaction'] = async (work, settings) => {
    const callbacks: (() => void)[] = [];
    let thrownByWork: { readonly error: unknown } | undefined;
    const run = async (executor: Knex.Transaction) => {
      try {
        const models = bindModels(knex, schema, executor);
        return await insideTransaction(models, location, (inside) =>
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
      if (callbacks.length > 0 && knex.isTransaction === true)
        onceCommitted(knex as Knex.Transaction, callAll);
      else callAll();
      return result;
    } catch (error) {
      // If the rollback fails too, throw the error that caused it: it says more.
      throw thrownByWork === undefined ? error : thrownByWork.error;
    }
  };

  const read = <Result>(work: (models: Models) => PromiseLike<Result>) => call(async () => work(models));
  return {
    read,
    write: knex.isTransaction === true ? writeAtSavepoint : read,
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
  models: Models,
  location: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const running = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  async function attempt<Row>(query: (models: Models) => PromiseLike<Row>): Promise<Row> {
    try {
      return await query(models);
    } catch (error) {
      failure ??= { error: storageError(error, location) };
      throw failure.error;
    }
  }
  async function run<Row>(query: (models: Models) => PromiseLike<Row>): Promise<Row> {
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
    result = await work({ read: run, write: run });
  } finally {
    while (running.size > 0) await Promise.allSettled(running);
    ended = true;
  }
  if (failure !== undefined) throw failure.error;
  return result;
}
