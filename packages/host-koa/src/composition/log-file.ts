import { type LogOptions, type Logs, openLogs } from '../operations/logging/logs.ts';
import { ConfigurationError } from './configuration-error.ts';

/**
 * The log, with a file if one is configured.
 * @throws {ConfigurationError} if the file can't be written.
 */
export function openLogFile(options: LogOptions): Logs {
  try {
    return openLogs(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([
      `LOG_FILE: can't write ${options.file} (${reason}); make its folder if it is missing and give this user the right to write there, or name another file`,
    ]);
  }
}
