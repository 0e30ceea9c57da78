import { type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';
import { loggedError } from './logged-error.ts';
import { type RotatingFileOptions, rotatingFile } from './rotating-file.ts';
import { type Scrub, scrubber } from './scrub.ts';
import type { LogOutput } from './stdout-output.ts';

/** The log of one process. */
export interface Logs {
  readonly logger: Logger;
  /** Reopens the log file after it was moved away. Does nothing without a file. */
  reopen(): void;
}

export interface LogOptions {
  readonly level: LevelWithSilent;
  readonly stdout: LogOutput;
  /** A log file, written as JSON lines in addition to standard output. */
  readonly file?: string | undefined;
  readonly scrub?: Scrub;
}

/**
 * A log on standard output and, if a file is named, in that file. Lines are written before the call returns, so that
 * none is lost when the process ends or crashes.
 * @throws the system's error if the file cannot be written.
 */
export function openLogs({ level, stdout, file, scrub = scrubber() }: LogOptions): Logs {
  const toStdout = pinoLogger(level, scrub, stdout);
  // A process that logs nothing does not open a file that others write.
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
