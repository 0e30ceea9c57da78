import type { Logger } from '@microblog/core';

/** In milliseconds. Platforms kill a process soon after their signal to stop; this program promises ten seconds. */
export const STOP_DEADLINE = 9_500;

/**
 * Ends the process after this time, even if something still runs. Without it, a database that does not answer would
 * keep the process alive until the platform kills it without a log entry. Confirmed changes are not lost: they were
 * written before they were confirmed.
 */
export function endWithin(milliseconds: number, logger: Logger): void {
  setTimeout(() => {
    logger.warn({}, 'stopped, though something still ran: the database or the mail server does not answer');
    process.exit(0);
  }, milliseconds).unref();
}
