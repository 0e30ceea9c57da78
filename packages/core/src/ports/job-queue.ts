import type { Storage, Transaction } from './storage.ts';

/** What a job is told: JSON, small, of ids rather than of things. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null>>;

/** One piece of work that a handler is given. */
export interface Job {
  /** What is to be done, as `area.verb`: which handler runs it. See `isJobName`. */
  readonly name: string;
  readonly payload: JobPayload;
}

/** How a job is kept apart from others, and when it is due. */
export interface EnqueueOptions {
  /**
   * What `Storage.transaction` handed to its work: the job is then kept, or not, together with what that
   * transaction wrote. Without it the job is kept at once.
   */
  readonly transaction?: Transaction;
  /**
   * A short text. Of jobs with the same name and key that have not begun yet, one is kept: the first, with
   * its payload and its `startAt`. A job that rests before another attempt has begun.
   */
  readonly key?: string;
  /** Not before this time. */
  readonly startAt?: Date;
}

/** Runs one job. It may be called again for the same job: what it does must bear that. */
export type JobHandler = (payload: JobPayload) => Promise<void>;

/** Who does the work, by the name of the job. */
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** How many jobs there are, by what becomes of them. */
export interface JobStatistics {
  /** Could run now. */
  readonly waiting: number;
  /** Will run later: their `startAt` is to come, or they rest before another attempt. */
  readonly scheduled: number;
  readonly running: number;
  /** Given up after the last attempt, and kept to be looked at. */
  readonly failed: number;
  /** For how long the oldest of those `waiting` could have run; null where none waits. */
  readonly oldestWaitingSeconds: number | null;
}

/**
 * Work that happens after a change, kept with the change: enqueued in the same transaction, run at least
 * once, by this process or another. Jobs of one name begin in the order in which they were enqueued, and
 * several may run at once. A job whose handler throws runs again after a pause that grows from a minute on,
 * five attempts in all; then it is kept as failed and `onFailure` hears of it. A `MicroblogError` whose
 * `details.retry` is false makes the attempt the last.
 */
export interface JobQueue {
  /** Whether jobs outlive the process. They do not where this is left out. */
  readonly lasting?: boolean;
  /**
   * Resolves when the job is kept (with a transaction: when it will be, if that commits), or when all of
   * several are, in their order and at the cost of one. Works unstarted and stopped, too.
   * @throws {MicroblogError} `invalid_input` for a name that is none; what `Storage` throws.
   */
  enqueue(jobs: Job | readonly Job[], options?: EnqueueOptions): Promise<void>;
  /**
   * The same queue for jobs that follow from changes in another storage of its database, such as one that joins
   * a transaction of somebody else's; started and stopped as this one. A queue that joins transactions of every
   * storage, as that in memory, does without.
   * @throws {Error} for a storage of another place.
   */
  within?(storage: Storage): Pick<JobQueue, 'enqueue'>;
  /**
   * Begins to run jobs, each by the handler of its name. Jobs without a handler here wait for a process that
   * has one. `handlers` may change while jobs run: what is in it counts when a job begins. Once stopped, it
   * may be started again.
   * @throws {MicroblogError} what `Storage` throws, where the jobs can't be reached.
   * @throws {Error} where it runs already.
   */
  start(handlers: JobHandlers, options?: StartOptions): Promise<void>;
  /** Looks for jobs at once, since there are handlers that were not there before. Does nothing unstarted. */
  wake(): void;
  /**
   * Takes no further job, waits up to `graceMilliseconds` (5,000 unless told) for those that run, and gives
   * back those that have not ended: they run again elsewhere or later, and no attempt is counted. May be
   * called twice, and unstarted.
   */
  stop(options?: StopOptions): Promise<void>;
  statistics(): Promise<JobStatistics>;
}

/** How handlers are run. */
export interface StartOptions {
  /** Hears of each job that is given up, with its last error. Must not throw. */
  readonly onFailure?: (job: Job, error: unknown) => void;
}

/** How long running jobs may take to end. */
export interface StopOptions {
  readonly graceMilliseconds?: number;
}

/** What `stop` grants to jobs that run, unless told. */
export const DEFAULT_GRACE_MS = 5_000;
