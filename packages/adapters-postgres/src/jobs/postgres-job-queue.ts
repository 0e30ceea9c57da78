import {
  DEFAULT_GRACE_MS,
  type JobQueue,
  type Logger,
  requireJobName,
  requireKnownOptions,
  type Storage,
  silentLogger,
} from '@microblog/core';
import type { PostgresStorage } from '../postgres-storage.ts';
import { type JobsTable, jobsTable } from './jobs-table.ts';
import { type RunningJobs, runJobs } from './run-jobs.ts';

/** Options of `postgresJobQueue`. */
export interface PostgresJobQueueOptions {
  /** Logs failed attempts, and faults of the database. Default: no log. */
  readonly logger?: Logger;
  /**
   * Time between checks for jobs of other processes. Default: 2,000; 60,000 if only this process can open the database.
   * Jobs of this process begin at once.
   */
  readonly pollMilliseconds?: number;
  /** A process that is silent for this long counts as dead. Default: 30,000. */
  readonly lapseMilliseconds?: number;
}

const POLL_MS = 2_000;
const POLL_ALONE_MS = 60_000;
const LAPSE_MS = 30_000;
/** If this process is the only one, no other can die. Only hung jobs are left to find. */
const RESCUE_ALONE_MS = 60 * 60_000;

/**
 * Stores jobs in a table in the schema of `storage`; `migrate` creates it. A job enqueued with a transaction of this
 * storage is committed with it. No job is lost if a process is killed: the attempt counts as failed, and the job runs
 * again after `lapseMilliseconds` and the usual pause. A job that runs for more than an hour counts as hung, and
 * another attempt begins in parallel.
 */
export function postgresJobQueue(storage: PostgresStorage, options: PostgresJobQueueOptions = {}): JobQueue {
  const known = { logger: true, pollMilliseconds: true, lapseMilliseconds: true } as const;
  requireKnownOptions('postgresJobQueue', options, known);
  const { logger = silentLogger, lapseMilliseconds: lapse = LAPSE_MS } = options;
  const { pollMilliseconds: poll = storage.exclusive ? POLL_ALONE_MS : POLL_MS } = options;
  const intervals = { poll, lapse, touch: lapse / 3, rescue: storage.exclusive ? RESCUE_ALONE_MS : lapse };
  const table = jobsTable(storage);
  let started: Promise<RunningJobs> | undefined;
  let stopped: Promise<void> | undefined;
  let current: RunningJobs | undefined;

  const enqueueIn =
    (target: JobsTable): JobQueue['enqueue'] =>
    async (jobs, { transaction, key, startAt } = {}) => {
      const all = [jobs].flat();
      for (const { name } of all) requireJobName(name);
      if (all.length === 0) return;
      await target.insert(all, { transaction, key, startAt });
      if (transaction === undefined) current?.wake();
      else transaction.afterCommit(() => current?.wake());
    };

  return {
    lasting: true,

    enqueue: enqueueIn(table),

    within(other) {
      const enqueue = enqueueIn(jobsTable(requireSameSchema(storage, other)));
      return {
        // Always in a transaction, so no process finds the job before the surrounding transaction is committed.
        enqueue: (jobs, { transaction, ...rest } = {}) =>
          transaction === undefined
            ? other.transaction((own) => enqueue(jobs, { ...rest, transaction: own }))
            : enqueue(jobs, { ...rest, transaction }),
      };
    },

    async start(handlers, startOptions = {}) {
      await stopped;
      if (started !== undefined) throw new Error('The job queue is already running; stop it first.');
      started = (async () => {
        const names = Object.keys(handlers);
        for (const name of names) requireJobName(name);
        // If the table is missing, `start` throws, instead of a log entry later.
        await table.due(names);
        return runJobs({ ...startOptions, table, handlers, intervals, alone: storage.exclusive, logger });
      })();
      try {
        current = await started;
      } catch (error) {
        started = undefined;
        throw error;
      }
    },

    wake: () => current?.wake(),

    async stop({ graceMilliseconds = DEFAULT_GRACE_MS } = {}) {
      if (started !== undefined) {
        const ending = started;
        started = undefined;
        stopped = ending.then(
          (run) => run.stop(graceMilliseconds),
          () => {},
        );
        await stopped;
        current = undefined;
      }
      await stopped;
    },

    statistics: () => table.statistics(),
  };
}

/** @throws {Error} if the other storage has another schema: no process looks for jobs there. */
function requireSameSchema({ schema }: PostgresStorage, other: Storage): PostgresStorage {
  const { schema: given } = other as Partial<PostgresStorage>;
  if (given === schema) return other as PostgresStorage;
  throw new Error(
    given === undefined
      ? 'The Postgres job queue needs a Postgres storage: pass one of postgresStorage.'
      : `The job queue uses the schema '${schema}', the storage uses '${given}': give both the same schema.`,
  );
}
