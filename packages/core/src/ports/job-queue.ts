import type { Repositories } from './storage.ts';

/** What a job is told: JSON, small, of ids rather than of things. */
export type JobPayload = Readonly<Record<string, string | number | boolean | null>>;

export interface Job {
  /** What is to be done, as `area.verb`: which handler runs it. */
  readonly name: string;
  readonly payload: JobPayload;
}

export interface EnqueueOptions {
  /**
   * What `Storage.transaction` handed to its work: the job is then kept, or not, together with what that
   * transaction wrote. Without it the job is kept at once.
   */
  readonly transaction?: Repositories;
  /** Of waiting jobs with the same name and key, one is kept: the first. */
  readonly key?: string;
  /** Not before this time. */
  readonly startAt?: Date;
}

/** Runs one job. It may be called again for the same job: what it does must bear that. */
export type JobHandler = (payload: JobPayload) => Promise<void>;

export interface JobStatistics {
  readonly waiting: number;
  readonly running: number;
  /** Given up after the last attempt, and kept to be looked at. */
  readonly failed: number;
  /** How long the oldest job that could run has waited; null where none waits. */
  readonly oldestWaitingSeconds: number | null;
}

/**
 * Work that happens after a change, kept with the change: enqueued in the same transaction, run at least
 * once, by this process or another. A job whose handler throws runs again after a growing pause, five
 * attempts in all; then it is kept as failed and `onFailure` hears of it.
 */
export interface JobQueue {
  /** Resolves when the job is kept (with a transaction: when it will be, if that commits). */
  enqueue(job: Job, options?: EnqueueOptions): Promise<void>;
  /** Begins to run jobs, each by the handler of its name. Jobs without a handler here wait for a process that has one. */
  start(handlers: Readonly<Record<string, JobHandler>>, options?: StartOptions): Promise<void>;
  /**
   * Takes no further job, waits up to `graceMilliseconds` (5,000 unless told) for those that run, and gives
   * back those that have not ended: they run again elsewhere or later. May be called twice, and unstarted.
   */
  stop(options?: { readonly graceMilliseconds?: number }): Promise<void>;
  statistics(): Promise<JobStatistics>;
}

export interface StartOptions {
  /** Hears of each job that is given up, with its last error. */
  readonly onFailure?: (job: Job, error: unknown) => void;
}
