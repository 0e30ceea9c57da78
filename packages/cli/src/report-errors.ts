import { isMicroblogError } from '@microblog/core';
import type { CommandOutput } from '@microblog/host-koa/composition';
import { describeError } from './describe-error.ts';
import { BAD_USAGE, FAILED, INTERRUPTED, InterruptedError, UsageError } from './exit-codes.ts';
import { printLine } from './terminal.ts';

/** Prints an error in one line, with its stack if `debug`. Returns the exit code: 1 failed, 2 bad usage, 130 interrupted. */
export function reportError(
  error: unknown,
  stderr: CommandOutput,
  { debug }: { readonly debug: boolean },
): number {
  printLine(stderr, `microblog: ${describeError(error)}`);
  if (debug) printLine(stderr, String(error instanceof Error ? error.stack : error));
  if (error instanceof InterruptedError) return INTERRUPTED;
  return isBadUsage(error) ? BAD_USAGE : FAILED;
}

/** True for arguments that are invalid for every run of the command. */
function isBadUsage(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    isMicroblogError(error, 'invalid_input') ||
    isMicroblogError(error, 'invalid_cursor')
  );
}
