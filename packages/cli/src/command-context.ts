import type { Terminal } from './terminal.ts';

/** Set by commands whose answer is an exit code. */
export interface CommandOutcome {
  exitCode: number;
}

/** What every command is made with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly outcome: CommandOutcome;
}
