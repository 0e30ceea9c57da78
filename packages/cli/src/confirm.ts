import type { CommandTerminal } from '@microblog/host-koa/composition';
import { UsageError } from './exit-codes.ts';
import { printLine } from './terminal.ts';

/** Prints that nothing was changed. With `--json` on standard error, since programs read data from standard output. */
export function printNothingChanged(
  terminal: CommandTerminal,
  { json }: { readonly json?: true | undefined },
): void {
  printLine(json === true ? terminal.stderr : terminal.stdout, 'Nothing was changed.');
}

/**
 * Asks before it destroys anything. Any answer except yes means no; so does Ctrl-C.
 * @throws {UsageError} if standard input is not a terminal and `--yes` is not given.
 */
export async function confirm(
  terminal: CommandTerminal,
  question: string,
  { yes }: { yes: boolean },
): Promise<boolean> {
  if (yes) return true;
  if (!terminal.stdin.isTTY) throw new UsageError(`${question} Add --yes to skip the question.`);
  const answer = await terminal.ask(`${question} [y/N] `);
  return answer !== null && /^y(es)?$/i.test(answer.trim());
}
