import { pino } from 'pino';
import { prettyLines } from './pretty-line.ts';

/** Takes log lines as JSON, each with its line end. A line is written when the call returns. */
export interface LogOutput {
  write(line: string): void;
}

export interface StdoutOptions {
  /** `terminal` means pretty lines if standard output is a terminal, and JSON lines otherwise. */
  readonly format: 'json' | 'pretty' | 'terminal';
  /** Whether pretty lines begin with the time. Default: true. */
  readonly times?: boolean;
}

/** Standard output. Colours only on terminals, and not if `NO_COLOR` is set. */
export function stdoutOutput({ format, times = true }: StdoutOptions): LogOutput {
  const { isTTY } = process.stdout;
  const output = pino.destination({ fd: 1, sync: true });
  if (format === 'json' || (format === 'terminal' && !isTTY)) return output;
  const pretty = prettyLines({ colours: isTTY && process.stdout.hasColors(), times });
  return { write: (line) => void output.write(pretty(line)) };
}
