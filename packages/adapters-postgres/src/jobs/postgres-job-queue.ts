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
  /** Gets attempts that failed, and faults of the database. Default: nothing is logged. */
  readonly logger?: Logger;
  /**
   * How often to look for jobs that other processes enqueued. Default: 2,000; 60,000 if no other process can have the
   * database open. Jobs that this process enqueued begin at once.
   */
  readonly pollMilliseconds?: number;
  /** After this silence, a process counts as dead. Default: 30,000. */
  readonly lapseMilliseconds?: number;
}

const POLL_MS = 2_000;
const POLL_ALONE_MS = 60_000;
const LAPSE_MS = 30_000;
/** If this process is alone, no other one can die. Only jobs that hang are left to find. */
const RESCUE_ALONE_MS = 60 * 60_000;

/**
 * Jobs in the database of `storage`, in a table of its schema that `migrate` makes. A job that is enqueued with a
 * transaction of this storage is committed with it. No job is lost if a process is killed: its attempt counts as
 * failed, and the job runs again after `lapseMilliseconds` and the pause of a failed attempt. A job that runs for
 * more than an hour counts as hung, and another attempt begins beside it.
 */
export function postgresJobQueue(storage: PostgresStorage, options: PostgresJobQueueOptions = {}): JobQueue {
  const known = { logger: true, pollMilliseconds: true, lapseMilliseconds: true } as const;
  requireKnownOptions('postgresJobQueue', options, known);
  const { logger = silentLogger, lapseMilliseconds: lapse = LAPSE_MS } = options;
  const { pollMilliseconds: poll = storage.exclusive ? POLL_ALONE_MS : POLL_MS } = options;
  const rhythm = { poll, lapse, touch: lapse / 3, rescue: storage.exclusive ? RESCUE_ALONE_MS : lapse };
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
      const enqueue = enqueueIn(jobsTable(besides(storage, other)));
      return {
        // Always in a transaction: no process finds the job before the transaction around it is committed.
        enqueue: (jobs, { transaction, ...rest } = {}) =>
          transaction === undefined
            ? other.transaction((own) => enqueue(jobs, { ...rest, transaction: own }))
            : enqueue(jobs, { ...rest, transaction }),
      };
    },

    async start(handlers, startOptions = {}) {
      await stopped;
      if (started !== undefined) throw new Error('The job queue runs already; stop it first.');
      started = (async () => {
        const names = Object.keys(handlers);
        for (const name of names) requireJobName(name);
        // If the table is missing, the caller learns it here, and not from the log.
        await table.due(names);
        return runJobs({ ...startOptions, table, handlers, rhythm, alone: storage.exclusive, logger });
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

/** @throws {Error} for a storage whose jobs would be in another schema, where no process looks for them. */
function besides({ schema }: PostgresStorage, other: Storage): PostgresStorage {
  const { schema: given } = other as Partial<PostgresStorage>;
  if (given === schema) return other as PostgresStorage;
  throw new Error(
    given === undefined
      ? 'The job queue in Postgres goes with a storage in Postgres: give it one of postgresStorage.'
      : `The job queue is that of the schema '${schema}', and the storage that of '${given}': give both the same schema.`,
  );
}
