import { requireJobName } from '../jobs/job-name.ts';
import { JOB_ATTEMPTS, JOB_CONCURRENCY, mayTryAgain, retryPauseSeconds } from '../jobs/job-policy.ts';
import { callIsolated } from '../kernel/call-isolated.ts';
import { requireKnownOptions } from '../kernel/options.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import {
  DEFAULT_GRACE_MS,
  type Job,
  type JobHandler,
  type JobHandlers,
  type JobQueue,
  type StartOptions,
} from '../ports/job-queue.ts';
import { type Logger, silentLogger } from '../ports/logger.ts';
import { systemTimer, type Timer } from '../ports/timer.ts';

/** Options of a queue in memory. All have defaults. */
export interface MemoryJobQueueOptions {
  readonly clock?: Clock;
  /** Wakes the queue when a waiting job is due. */
  readonly timer?: Timer;
  /** Logs failed attempts. Default: no log. */
  readonly logger?: Logger;
  /** Runs jobs by itself until it is stopped, as if started with these options. A caller of `start` takes over. */
  readonly started?: StartOptions & { readonly handlers: JobHandlers };
}

interface Entry {
  readonly number: number;
  readonly job: Job;
  readonly key: string | undefined;
  /** Milliseconds since 1970. */
  dueAt: number;
  /** Attempts that failed. */
  attempts: number;
}

/** One `start`, until its `stop` has ended. Results of handlers that still run after that are ignored. */
interface Run {
  stopping: boolean;
  /** True if no caller has called `start`. */
  byItself: boolean;
  handlers: JobHandlers;
  options: StartOptions;
  readonly running: Map<Entry, Promise<void>>;
}

/**
 * Jobs in the memory of the process, for tests, scripts and small applications. They are lost when the process ends.
 * Pauses before another attempt do not keep the process alive. Joins the transactions of every storage.
 */
export function memoryJobQueue(options: MemoryJobQueueOptions = {}): JobQueue {
  requireKnownOptions('memoryJobQueue', options, { clock: true, timer: true, logger: true, started: true });
  const { clock = systemClock, timer = systemTimer, logger = silentLogger } = options;
  /** In the order of enqueuing. */
  const waiting: Entry[] = [];
  let kept = 0;
  let failed = 0;
  let current = options.started && begin(options.started.handlers, options.started, { byItself: true });
  let stopped: Promise<void> | undefined;
  let callOff = () => {};

  const now = () => clock.now().getTime();

  function keep(job: Job, key: string | undefined, startAt: Date | undefined): void {
    const same = (other: Entry) => other.attempts === 0 && other.key === key && other.job.name === job.name;
    if (key !== undefined && waiting.some(same)) return;
    kept += 1;
    waiting.push({ number: kept, job, key, dueAt: startAt?.getTime() ?? now(), attempts: 0 });
    startDue();
  }

  function putBack(...entries: Entry[]): void {
    waiting.push(...entries);
    waiting.sort((one, other) => one.number - other.number);
  }

  /** Starts due jobs that have a handler, up to the concurrency limit. Then sets the timer for the next job. */
  function startDue(): void {
    callOff();
    if (current === undefined || current.stopping) return;
    const { handlers, running } = current;
    for (const entry of [...waiting]) {
      const handler = Object.hasOwn(handlers, entry.job.name) ? handlers[entry.job.name] : undefined;
      if (handler === undefined || entry.dueAt > now() || running.size >= JOB_CONCURRENCY) continue;
      waiting.splice(waiting.indexOf(entry), 1);
      running.set(entry, attempt(current, entry, handler));
    }
    const later = waiting.filter(({ dueAt, job }) => dueAt > now() && Object.hasOwn(handlers, job.name));
    if (later.length === 0) return;
    callOff = timer(Math.min(...later.map(({ dueAt }) => dueAt)) - now(), startDue);
  }

  function begin(handlers: JobHandlers, startOptions: StartOptions, { byItself = false } = {}): Run {
    return { stopping: false, byItself, handlers, options: startOptions, running: new Map() };
  }

  async function attempt(run: Run, entry: Entry, handler: JobHandler): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    try {
      // Run after the caller's stack, not on it.
      await Promise.resolve();
      await handler(entry.job.payload);
    } catch (error) {
      failure = { error };
    }
    // The queue was stopped and took the job back meanwhile.
    if (!run.running.delete(entry)) return;
    if (failure !== undefined) afterFailure(run, entry, failure.error);
    startDue();
  }

  function afterFailure({ options: { onFailure } }: Run, entry: Entry, error: unknown): void {
    const { job } = entry;
    entry.attempts += 1;
    if (entry.attempts < JOB_ATTEMPTS && mayTryAgain(error)) {
      logger.warn({ err: error, job: job.name, attempt: entry.attempts }, 'a job failed and will run again');
      entry.dueAt = now() + retryPauseSeconds(entry.attempts) * 1000;
      putBack(entry);
      return;
    }
    failed += 1;
    callIsolated(
      () => onFailure?.(job, error),
      (err) => logger.error({ err, job: job.name }, 'the report of a failed job failed'),
    );
  }

  async function endRun(run: Run, grace: number): Promise<void> {
    run.stopping = true;
    callOff();
    await new Promise<void>((resolve) => {
      const cancel = timer(grace, resolve);
      void Promise.all(run.running.values()).then(() => {
        cancel();
        resolve();
      });
    });
    putBack(...run.running.keys());
    run.running.clear();
    current = undefined;
  }

  return {
    async enqueue(jobs, { transaction, key, startAt } = {}) {
      const all = [jobs].flat();
      for (const { name } of all) requireJobName(name);
      const store = () => {
        for (const job of all) keep(job, key, startAt);
      };
      if (transaction === undefined) store();
      else transaction.afterCommit(store);
    },

    async start(handlers, startOptions = {}) {
      await stopped;
      if (current?.byItself === false) throw new Error('The job queue is already running; stop it first.');
      // Running jobs continue.
      current ??= begin(handlers, startOptions);
      Object.assign(current, { byItself: false, handlers, options: startOptions });
      startDue();
    },

    wake: startDue,

    async stop({ graceMilliseconds = DEFAULT_GRACE_MS } = {}) {
      if (current?.stopping === false) stopped = endRun(current, graceMilliseconds);
      await stopped;
    },

    async statistics() {
      const due = waiting.filter(({ dueAt }) => dueAt <= now());
      return {
        waiting: due.length,
        scheduled: waiting.length - due.length,
        running: current?.running.size ?? 0,
        failed,
        oldestWaitingSeconds:
          due.length === 0 ? null : (now() - Math.min(...due.map(({ dueAt }) => dueAt))) / 1000,
      };
    },
  };
}
