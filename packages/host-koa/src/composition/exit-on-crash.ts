import type { Application } from './application.ts';

/** How long a crashed process may continue to send the mail about the crash. */
const CRASH_MAIL_MS = 3_000;

/**
 * Ends the process with code 1 on an uncaught exception or an unhandled rejection. Its stack is logged and, if faults
 * are mailed, mailed. Only the code that owns the process should call it.
 */
export function exitOnCrash({ logger, faults }: Pick<Application, 'logger' | 'faults'>): void {
  let crashed = false;
  process.on('uncaughtException', (error: unknown, origin) => {
    logger.fatal({ err: error, origin }, 'uncaught exception');
    // A crash must be visible even if the log is off.
    if (!logger.isLevelEnabled('fatal')) console.error(error);
    if (crashed) return;
    crashed = true;
    faults.report({ error, where: 'process' });
    void faults.settled(CRASH_MAIL_MS).then(() => process.exit(1));
  });
}
