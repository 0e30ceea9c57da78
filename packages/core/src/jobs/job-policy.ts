import { isMicroblogError } from '../kernel/errors.ts';

/** The number of attempts before a job is given up. */
export const JOB_ATTEMPTS = 5;

/** The number of jobs that one process runs at once. Most jobs mainly wait for another server. */
export const JOB_CONCURRENCY = 4;

/** The pause after the first attempt. It doubles each time: 15 minutes in all, as greylisting mail servers ask. */
const FIRST_PAUSE_SECONDS = 60;

/** The shortest pause after attempt number `attempt` has failed; the first attempt is 1. */
export function retryPauseSeconds(attempt: number): number {
  return FIRST_PAUSE_SECONDS * 2 ** (attempt - 1);
}

/** Whether another attempt may succeed after `error`. False if `details.retry` is false. */
export function mayTryAgain(error: unknown): boolean {
  return !isMicroblogError(error) || error.details.retry !== false;
}
