import {
  JOB_ATTEMPTS,
  JOB_CONCURRENCY,
  type JobHandlers,
  type Logger,
  mayTryAgain,
  type StartOptions,
} from '@microblog/core';
import type { Claim, JobTables } from './job-tables.ts';
import type { Boss } from './pg-boss.ts';

/** How often a process looks around, in milliseconds. */
export interface Rhythm {
  /** For jobs of others; its own wake it. */
  readonly poll: number;
  /** How often it says that it is still running its jobs. */
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
  readonly boss: Boss;
  readonly tables: JobTables;
  readonly handlers: JobHandlers;
  readonly rhythm: Rhythm;
  /** No other process runs jobs: those that are running at the start have nobody. */
  readonly alone: boolean;
  readonly logger: Logger;
}

/**
 * Takes jobs and runs them until it is stopped. A database that does not answer is asked again, with what
 * went wrong in the log; jobs that can't be settled then lapse, and run again.
 */
export function runJobs(needs: RunJobsNeeds): RunningJobs {
  const { boss, tables, handlers, rhythm, logger, onFailure } = needs;
  const running = new Map<Claim, Promise<void>>();
  let stopping = false;
  let woken = Promise.withResolvers<void>();
  let lapse = needs.alone ? 0 : rhythm.lapse;
  let rescueAt = needs.alone ? 0 : performance.now() + rhythm.rescue;

  const wake = () => woken.resolve();

  async function run(claim: Claim): Promise<void> {
    const { name, payload, retryCount } = claim;
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    // Where it went while the job was being claimed, another process may have it.
    let settle = handler === undefined ? () => giveBack(claim) : () => boss.complete(claim);
    try {
      await handler?.(payload);
    } catch (error) {
      settle = () => settleFailure(claim, error);
      logger.warn({ err: error, job: name, attempt: retryCount + 1 }, 'a job failed');
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

  async function giveBack(claim: Claim): Promise<boolean> {
    await tables.giveBack([claim]);
    return true;
  }

  async function settleFailure(claim: Claim, error: unknown): Promise<boolean> {
    const refused = !mayTryAgain(error);
    if (refused) await tables.makeLast(claim);
    const settled = await boss.fail(claim, error);
    if (settled && (refused || claim.retryCount >= JOB_ATTEMPTS - 1)) {
      onFailure?.({ name: claim.name, payload: claim.payload }, error);
    }
    return settled;
  }

  async function rescue(): Promise<void> {
    const left = await tables.lapsed(lapse / 1000);
    lapse = rhythm.lapse;
    rescueAt = performance.now() + rhythm.rescue;
    for (const claim of left) {
      logger.warn({ job: claim.name }, 'a job was left by the process that ran it');
      await settleFailure(claim, new Error('The process that ran the job ended, or the job took too long.'));
    }
  }

  /** Starts what may run now, as far as there is room. Resolves to how long there is nothing to do. */
  async function startDue(): Promise<number> {
    const waiting = await tables.due(Object.keys(handlers));
    let due = waiting.filter(({ seconds }) => seconds <= 0).map(({ name }) => name);
    while (due.length > 0) {
      for (const name of due) {
        if (stopping || running.size >= JOB_CONCURRENCY) return rhythm.poll;
        const claim = await boss.claim(name);
        if (claim !== null && stopping) await tables.giveBack([claim]);
        else if (claim === null) due = due.filter((other) => other !== name);
        else running.set(claim, run(claim));
      }
    }
    const later = waiting
      .filter(({ seconds }) => seconds > 0)
      .map(({ seconds }) => Math.ceil(seconds * 1000));
    return Math.min(rhythm.poll, ...later);
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
    tables.touch([...running.keys()]).catch((error: unknown) => {
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
        await tables.giveBack(left);
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
