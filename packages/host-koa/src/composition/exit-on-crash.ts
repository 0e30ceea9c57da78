import type { Application } from './application.ts';

/** How long a process that has crashed stays for the mail about it. */
const LAST_WORDS_MS = 3_000;

/**
 * Ends the process with 1 on an exception that nobody caught, or a rejection that nobody handled: with its
 * stack in the log and, where faults are mailed, a mail. To be called by whoever owns the process.
 */
export function exitOnCrash({ logger, faults }: Pick<Application, 'logger' | 'faults'>): void {
  let crashed = false;
  process.on('uncaughtException', (error: unknown, origin) => {
    logger.fatal({ err: error, origin }, 'uncaught exception');
    // Somebody must say it, even where nothing is logged.
    if (!logger.isLevelEnabled('fatal')) console.error(error);
    if (crashed) return;
    crashed = true;
    faults.report({ error, where: 'process' });
    void faults.settled(LAST_WORDS_MS).then(() => process.exit(1));
  });
}
