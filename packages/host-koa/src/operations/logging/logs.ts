import { type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';
import { loggedError } from './logged-error.ts';
import { type RotatingFileOptions, rotatingFile } from './rotating-file.ts';
import { type Scrub, scrubber } from './scrub.ts';
import type { LogOutput } from './stdout-output.ts';

/** The log of one process. */
export interface Logs {
  readonly logger: Logger;
  /** Opens the log file anew, after somebody has moved it away; nothing where there is none. */
  reopen(): void;
}

export interface LogOptions {
  readonly level: LevelWithSilent;
  readonly stdout: LogOutput;
  /** Written to as well, as JSON lines. */
  readonly file?: string | undefined;
  readonly scrub?: Scrub;
}

/**
 * A log on standard output and, where a file is named, in that. Lines are written before the call returns, so
 * that nothing is lost at the end of the process, be it a crash.
 * @throws the system's error where the file cannot be written.
 */
export function openLogs({ level, stdout, file, scrub = scrubber() }: LogOptions): Logs {
  const toStdout = pinoLogger(level, scrub, stdout);
  // A process that logs nothing takes no part in a file that others write.
  if (file === undefined || level === 'silent') return { logger: toStdout, reopen: () => {} };
  const faults: RotatingFileOptions = {
    onFault: (error) => toStdout.error({ err: error, file }, 'log file cannot be written'),
    onRecovery: (lostLines) => toStdout.warn({ lostLines, file }, 'log file is written again'),
  };
  const written = rotatingFile(file, faults);
  const both: LogOutput = {
    write(line) {
      stdout.write(line);
      written.write(line);
    },
  };
  return { logger: pinoLogger(level, scrub, both), reopen: () => written.reopen() };
}

function pinoLogger(level: LevelWithSilent, scrub: Scrub, output: LogOutput): Logger {
  const options = {
    base: null,
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (thrown: unknown) => loggedError(thrown, scrub) },
  };
  return pino(options, output);
}
