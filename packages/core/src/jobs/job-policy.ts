import { isMicroblogError } from '../kernel/errors.ts';

/** How often a job is tried before it is given up. */
export const JOB_ATTEMPTS = 5;

/** How many jobs one process runs at once; most of a job is waiting for somebody else's server. */
export const JOB_CONCURRENCY = 4;

/** The pause after the first attempt. It doubles with each: 15 minutes in all, as greylisting mail servers ask. */
const FIRST_PAUSE_SECONDS = 60;

/** How long a job rests, at least, after its attempt number `attempt` (1 is the first) has failed. */
export function retryPauseSeconds(attempt: number): number {
  return FIRST_PAUSE_SECONDS * 2 ** (attempt - 1);
}

/** Whether another attempt of a job may succeed where one failed by `error`: not where `details.retry` is false. */
export function mayTryAgain(error: unknown): boolean {
  return !isMicroblogError(error) || error.details.retry !== false;
}
