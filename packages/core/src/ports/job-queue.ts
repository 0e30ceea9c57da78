import type { Storage, Transaction } from './storage.ts';

/** The data of a job: small JSON, with ids and not whole objects. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null>>;

/** One unit of work for a handler. */
export interface Job {
  /** Names the work and its handler, as `area.verb`. See `isJobName`. */
  readonly name: string;
  readonly payload: JobPayload;
}

/** How duplicate jobs are recognised, and when the job is due. */
export interface EnqueueOptions {
  /**
   * The transaction that `Storage.transaction` passed to its work. The job is stored only if that transaction commits.
   * Without it the job is stored at once.
   */
  readonly transaction?: Transaction;
  /**
   * A short text. Of jobs with the same name and key that have not begun, only the first is stored, with its payload
   * and its `startAt`. A job that waits for another attempt has already begun.
   */
  readonly key?: string;
  /** The earliest time to run. */
  readonly startAt?: Date;
}

/** Runs one job. It may be called again for the same job, so running it twice must do no harm. */
export type JobHandler = (payload: JobPayload) => Promise<void>;

/** The handlers by the name of their job. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** The number of jobs in each state. */
export interface JobStatistics {
  /** Jobs that could run now. */
  readonly waiting: number;
  /** Jobs that will run later: their `startAt` is in the future, or they wait for another attempt. */
  readonly scheduled: number;
  readonly running: number;
  /** Jobs given up after the last attempt. They are kept for the operator to look at. */
  readonly failed: number;
  /** Seconds since the oldest of the `waiting` jobs became due; null if none waits. */
  readonly oldestWaitingSeconds: number | null;
}

/**
 * Work that follows a change. Enqueued in the same transaction, so it is stored only with the change. Run at least
 * once, by this process or another. Jobs of one name begin in the order of enqueuing, and several may run at once. If a
 * handler throws, the job runs again after a pause, five attempts in all. Pauses grow, starting at one minute. After
 * the last attempt the job is kept as failed and `onFailure` is called. A `MicroblogError` whose `details.retry` is
 * false makes the attempt the last one.
 */
export interface JobQueue {
  /** True if jobs survive the end of the process. Default: false. */
  readonly lasting?: boolean;
  /**
   * Enqueues one job or several. Resolves when all are stored, in their order. With a transaction they are stored at
   * its commit. Several jobs cost as much as one. Also works before `start` and after `stop`.
   * @throws {MicroblogError} `invalid_input` for an invalid name; the errors of `Storage`.
   */
  enqueue(jobs: Job | readonly Job[], options?: EnqueueOptions): Promise<void>;
  /**
   * The same queue for jobs that follow changes in another storage of the same database, such as a storage that joins a
   * transaction of the host application. It has no `start` and `stop` of its own. A queue that joins transactions of
   * every storage, such as the one in memory, leaves this method out.
   * @throws {Error} for a storage of another database or schema.
   */
  within?(storage: Storage): Pick<JobQueue, 'enqueue'>;
  /**
   * Starts to run jobs, each by the handler of its name. Jobs without a handler here wait for a process that has one.
   * `handlers` may change later: the queue looks the handler up when a job begins. May be called again after `stop`.
   * @throws {MicroblogError} the errors of `Storage` if the jobs can't be read.
   * @throws {Error} if the queue is already running.
   */
  start(handlers: JobHandlers, options?: StartOptions): Promise<void>;
  /** Looks for jobs now, because a handler was added. Does nothing before `start`. */
  wake(): void;
  /**
   * Takes no more jobs and waits for the running ones up to `graceMilliseconds`. Default: 5,000. Gives back jobs that
   * have not ended: they run again later or in another process, without counting the attempt. May be called twice, and
   * before `start`.
   */
  stop(options?: StopOptions): Promise<void>;
  statistics(): Promise<JobStatistics>;
}

/** Options of `start`. */
export interface StartOptions {
  /** Called when a job is given up, with its last error. Must not throw. */
  readonly onFailure?: (job: Job, error: unknown) => void;
}

/** Options of `stop`. */
export interface StopOptions {
  readonly graceMilliseconds?: number;
}

/** The default of `graceMilliseconds`. */
export const DEFAULT_GRACE_MS = 5_000;
