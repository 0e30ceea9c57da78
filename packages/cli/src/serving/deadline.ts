import type { Logger } from '@microblog/core';

/** Platforms kill what is not gone soon after their signal; everything here promises ten seconds. In milliseconds. */
export const STOP_DEADLINE = 9_500;

/**
 * Ends the process by then whatever still runs: a database that has stopped answering would otherwise keep
 * it, and the platform would kill it without a word. Nothing confirmed is lost: what is confirmed is written.
 */
export function endWithin(milliseconds: number, logger: Logger): void {
  setTimeout(() => {
    logger.warn({}, 'stopped, though something still ran: the database or the mail server does not answer');
    process.exit(0);
  }, milliseconds).unref();
}
