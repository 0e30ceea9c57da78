import {
  callIsolated,
  JOB_ATTEMPTS,
  JOB_CONCURRENCY,
  type JobHandlers,
  type Logger,
  mayTryAgain,
  retryPauseSeconds,
  type StartOptions,
} from '@microblog/core';
import type { Claim, JobsTable } from './jobs-table.ts';

/** Intervals of the queries of one process, in milliseconds. */
export interface Intervals {
  /** Between checks for jobs of other processes. Jobs of this process wake it. */
  readonly poll: number;
  /** Between reports that this process still runs its jobs. */
  readonly touch: number;
  /** Between checks for jobs of dead processes. */
  readonly rescue: number;
  /** A process that is silent for this long counts as dead. */
  readonly lapse: number;
}

export interface RunningJobs {
  /** Looks for jobs now. */
  wake(): void;
  stop(graceMilliseconds: number): Promise<void>;
}

export interface RunJobsNeeds extends StartOptions {
  readonly table: JobsTable;
  readonly handlers: JobHandlers;
  readonly intervals: Intervals;
  /** Only this process runs jobs: jobs that are running at the start belong to a dead process. */
  readonly alone: boolean;
  readonly logger: Logger;
}

/**
 * Claims and runs jobs until it is stopped. If the database does not answer, logs the fault and tries again. Jobs that
 * can't be settled meanwhile lapse and run again.
 */
export function runJobs(needs: RunJobsNeeds): RunningJobs {
  const { table, handlers, intervals, logger, onFailure } = needs;
  const running = new Map<Claim, Promise<void>>();
  let stopping = false;
  let woken = Promise.withResolvers<void>();
  let lapse = needs.alone ? 0 : intervals.lapse;
  let rescueAt = needs.alone ? 0 : performance.now() + intervals.rescue;
  let lastName = '';

  const wake = () => woken.resolve();

  async function run(claim: Claim): Promise<void> {
    const { name, payload, attempts } = claim;
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    // If the handler was removed during the claim, another process may have it.
    let settle: () => Promise<unknown> =
      handler === undefined ? () => table.giveBack([claim]) : () => table.complete(claim);
    try {
      await handler?.(payload);
    } catch (error) {
      settle = () => settleFailure(claim, error);
      logger.warn({ err: error, job: name, attempt: attempts + 1 }, 'a job failed');
    }
    // The job was given back meanwhile.
    if (!running.has(claim)) return;
    try {
      await settle();
    } catch (error) {
      logger.warn(
        { err: error, job: name },
        'the result of a job could not be stored; the job will run again',
      );
    }
    running.delete(claim);
    wake();
  }

  async function settleFailure(claim: Claim, error: unknown): Promise<void> {
    const attempt = claim.attempts + 1;
    if (attempt < JOB_ATTEMPTS && mayTryAgain(error)) {
      await table.retry(claim, error, retryPauseSeconds(attempt));
    } else if (await table.giveUp(claim, error)) {
      const { name, payload } = claim;
      callIsolated(
        () => onFailure?.({ name, payload }, error),
        (err) => logger.error({ err, job: name }, 'the report of a failed job failed'),
      );
    }
  }

  async function rescue(): Promise<void> {
    const left = await table.lapsed(lapse / 1000);
    lapse = intervals.lapse;
    rescueAt = performance.now() + intervals.rescue;
    for (const claim of left) {
      logger.warn({ job: claim.name }, 'the process that ran a job ended, or the job took too long');
      await settleFailure(claim, new Error('The process that ran the job ended, or the job took too long.'));
    }
  }

  /** Starts due jobs up to the concurrency limit. Resolves to the time until the next one is due. */
  async function startDue(): Promise<number> {
    while (!stopping && running.size < JOB_CONCURRENCY) {
      const waiting = await table.due(Object.keys(handlers));
      const due = waiting.filter(({ seconds }) => seconds <= 0).map(({ name }) => name);
      const claims = stopping || due.length === 0 ? [] : await claimInTurn(due);
      if (claims.length === 0) {
        const later = waiting.filter(({ seconds }) => seconds > 0);
        return Math.min(intervals.poll, ...later.map(({ seconds }) => Math.ceil(seconds * 1000)));
      }
      if (stopping) await table.giveBack(claims);
      else for (const claim of claims) running.set(claim, run(claim));
    }
    return intervals.poll;
  }

  /**
   * Shares the free places among the names, and continues after the last one. So many jobs of one name do not block
   * others.
   */
  async function claimInTurn(due: readonly string[]): Promise<Claim[]> {
    const room = JOB_CONCURRENCY - running.size;
    const inTurn = [...due.filter((name) => name > lastName), ...due.filter((name) => name <= lastName)];
    const names = inTurn.slice(0, room);
    lastName = names.at(-1) ?? lastName;
    return table.claim(names, Math.floor(room / names.length));
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      woken = Promise.withResolvers();
      let pause = intervals.poll;
      try {
        if (performance.now() >= rescueAt) await rescue();
        pause = await startDue();
      } catch (error) {
        logger.warn({ err: error }, 'looking for jobs failed');
      }
      await waitAtMost(woken.promise, pause);
    }
  }

  const touching = setInterval(() => {
    if (running.size === 0) return;
    table.touch([...running.keys()]).catch((error: unknown) => {
      logger.warn({ err: error }, 'the heartbeat of running jobs failed');
    });
  }, intervals.touch);
  const looped = loop();

  return {
    wake,
    async stop(grace) {
      stopping = true;
      wake();
      await waitAtMost(
        looped.then(() => Promise.all(running.values())),
        grace,
      );
      clearInterval(touching);
      const left = [...running.keys()];
      running.clear();
      if (left.length === 0) return;
      try {
        await table.giveBack(left);
      } catch (error) {
        logger.warn({ err: error }, 'running jobs could not be given back, and will lapse');
      }
    },
  };
}

/** Resolves when `promise` does, or after `milliseconds`. */
async function waitAtMost(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timeout = setTimeout(resolve, milliseconds);
  });
  await Promise.race([promise, late]);
  clearTimeout(timeout);
}
