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

/** How often a process asks the database, in milliseconds. */
export interface Rhythm {
  /** For jobs that other processes enqueued. Jobs of this process wake it. */
  readonly poll: number;
  /** How often it reports that it is still running its jobs. */
  readonly touch: number;
  /** How often it looks for jobs whose process has died. */
  readonly rescue: number;
  /** A process that has been silent for this long has died. */
  readonly lapse: number;
}

export interface RunningJobs {
  /** Looks for jobs at once. */
  wake(): void;
  stop(graceMilliseconds: number): Promise<void>;
}

export interface RunJobsNeeds extends StartOptions {
  readonly table: JobsTable;
  readonly handlers: JobHandlers;
  readonly rhythm: Rhythm;
  /** No other process runs jobs: those that are running at the start were left by a process that died. */
  readonly alone: boolean;
  readonly logger: Logger;
}

/**
 * Takes jobs and runs them until it is stopped. If the database does not answer, the fault goes to the log and the
 * database is asked again. Jobs that can't be settled meanwhile lapse, and run again.
 */
export function runJobs(needs: RunJobsNeeds): RunningJobs {
  const { table, handlers, rhythm, logger, onFailure } = needs;
  const running = new Map<Claim, Promise<void>>();
  let stopping = false;
  let woken = Promise.withResolvers<void>();
  let lapse = needs.alone ? 0 : rhythm.lapse;
  let rescueAt = needs.alone ? 0 : performance.now() + rhythm.rescue;
  let lastName = '';

  const wake = () => woken.resolve();

  async function run(claim: Claim): Promise<void> {
    const { name, payload, attempts } = claim;
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    // If the handler was taken away while the job was being claimed, another process may have it.
    let settle: () => Promise<unknown> =
      handler === undefined ? () => table.giveBack([claim]) : () => table.complete(claim);
    try {
      await handler?.(payload);
    } catch (error) {
      settle = () => settleFailure(claim, error);
      logger.warn({ err: error, job: name, attempt: attempts + 1 }, 'a job failed');
    }
    // Given back in the meantime.
    if (!running.has(claim)) return;
    try {
      await settle();
    } catch (error) {
      logger.warn({ err: error, job: name }, 'a job could not be settled, and will run again');
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
    lapse = rhythm.lapse;
    rescueAt = performance.now() + rhythm.rescue;
    for (const claim of left) {
      logger.warn({ job: claim.name }, 'a job was left by the process that ran it');
      await settleFailure(claim, new Error('The process that ran the job ended, or the job took too long.'));
    }
  }

  /** Starts what may run now, as far as there is room. Resolves to how long there is nothing to do. */
  async function startDue(): Promise<number> {
    while (!stopping && running.size < JOB_CONCURRENCY) {
      const waiting = await table.due(Object.keys(handlers));
      const due = waiting.filter(({ seconds }) => seconds <= 0).map(({ name }) => name);
      const claims = stopping || due.length === 0 ? [] : await claimInTurn(due);
      if (claims.length === 0) {
        const later = waiting.filter(({ seconds }) => seconds > 0);
        return Math.min(rhythm.poll, ...later.map(({ seconds }) => Math.ceil(seconds * 1000)));
      }
      if (stopping) await table.giveBack(claims);
      else for (const claim of claims) running.set(claim, run(claim));
    }
    return rhythm.poll;
  }

  /** Shares the room among the names, and goes on behind the last one: many jobs of one name hold up no other. */
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
      let pause = rhythm.poll;
      try {
        if (performance.now() >= rescueAt) await rescue();
        pause = await startDue();
      } catch (error) {
        logger.warn({ err: error }, 'jobs could not be looked for');
      }
      await either(woken.promise, pause);
    }
  }

  const touching = setInterval(() => {
    if (running.size === 0) return;
    table.touch([...running.keys()]).catch((error: unknown) => {
      logger.warn({ err: error }, 'running jobs could not be kept');
    });
  }, rhythm.touch);
  const looped = loop();

  return {
    wake,
    async stop(grace) {
      stopping = true;
      wake();
      await either(
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

/** Resolves with `promise`, or after `milliseconds`. */
async function either(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timeout = setTimeout(resolve, milliseconds);
  });
  await Promise.race([promise, late]);
  clearTimeout(timeout);
}
