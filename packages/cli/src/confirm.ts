import type { CommandTerminal } from '@microblog/host-koa/composition';
import { UsageError } from './exit-codes.ts';
import { printLine } from './terminal.ts';

/** Prints that the answer was no. With `--json` on standard error: programs read data from standard output. */
export function sayNothingChanged(
  terminal: CommandTerminal,
  { json }: { readonly json?: true | undefined },
): void {
  printLine(json === true ? terminal.stderr : terminal.stdout, 'Nothing was changed.');
}

/**
 * Asks before something is destroyed. Any answer but yes is a no, Ctrl-C too.
 * @throws {UsageError} if there is no user to ask and `--yes` is not given.
 */
export async function confirm(
  terminal: CommandTerminal,
  question: string,
  { yes }: { yes: boolean },
): Promise<boolean> {
  if (yes) return true;
  if (!terminal.stdin.isTTY) throw new UsageError(`${question} Add --yes to go ahead without being asked.`);
  const answer = await terminal.ask(`${question} [y/N] `);
  return answer !== null && /^y(es)?$/i.test(answer.trim());
}
