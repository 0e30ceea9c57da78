import { createInterface } from 'node:readline/promises';
import { UsageError } from './exit-codes.ts';
import { printLine, type Terminal } from './terminal.ts';

/** Says that the answer was no: beside the data that was asked for, which is not what a program may read here. */
export function sayNothingChanged(terminal: Terminal, { json }: { readonly json?: true | undefined }): void {
  printLine(json === true ? terminal.stderr : terminal.stdout, 'Nothing was changed.');
}

/**
 * Asks before something is destroyed. The answer is no unless it is yes.
 * @throws {UsageError} where there is nobody to ask and `--yes` is not given.
 */
export async function confirm(
  terminal: Terminal,
  question: string,
  { yes }: { yes: boolean },
): Promise<boolean> {
  if (yes) return true;
  if (!terminal.stdin.isTTY) throw new UsageError(`${question} Add --yes to go ahead without being asked.`);
  const prompt = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  } catch (error) {
    // Ctrl-C is a no, and leaves the cursor behind the question.
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    terminal.stderr.write('\n');
    return false;
  } finally {
    prompt.close();
  }
}
