import { pino } from 'pino';
import { prettyLines } from './pretty-line.ts';

/** Takes log lines as JSON, each with its line end; has written them when it returns. */
export interface LogOutput {
  write(line: string): void;
}

export interface StdoutOptions {
  /** `terminal` is pretty where standard output is one, and JSON lines elsewhere. */
  readonly format: 'json' | 'pretty' | 'terminal';
  /** Whether pretty lines begin with the time. Default: true. */
  readonly times?: boolean;
}

/** Standard output. Colours are for terminals alone, and for those that want them (`NO_COLOR`). */
export function stdoutOutput({ format, times = true }: StdoutOptions): LogOutput {
  const { isTTY } = process.stdout;
  const output = pino.destination({ fd: 1, sync: true });
  if (format === 'json' || (format === 'terminal' && !isTTY)) return output;
  const pretty = prettyLines({ colours: isTTY && process.stdout.hasColors(), times });
  return { write: (line) => void output.write(pretty(line)) };
}
