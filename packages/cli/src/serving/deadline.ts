import type { Logger } from '@microblog/core';

/** Milliseconds. Platforms kill a process that is not gone soon after their signal; we promise ten seconds. */
export const STOP_DEADLINE = 9_500;

/**
 * Ends the process after that time, even if something still runs. A database that no longer answers would keep
 * the process, and the platform would kill it without a line in the log. Confirmed changes are not lost: they
 * were written before they were confirmed.
 */
export function endWithin(milliseconds: number, logger: Logger): void {
  setTimeout(() => {
    logger.warn({}, 'stopped, though something still ran: the database or the mail server does not answer');
    process.exit(0);
  }, milliseconds).unref();
}
