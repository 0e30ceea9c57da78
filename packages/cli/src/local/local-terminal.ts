import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import type { CommandTerminal } from '@microblog/host-koa/composition';
import { localFiles } from './local-files.ts';
import type { ProcessStreams } from './process-streams.ts';

export interface LocalTerminal extends CommandTerminal, AsyncDisposable {}

/** The terminal of this process. Disposing of it closes the files that commands have read. */
export function localTerminal({ stdin, stdout, stderr }: ProcessStreams): LocalTerminal {
  const files = localFiles(stdin);
  return {
    stdin: { isTTY: stdin.isTTY === true, read: () => readBytes(stdin) },
    stdout,
    stderr,
    colours: showsColours(stdout),
    ask: (question) => ask(question, { stdin, stderr }),
    files,
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

async function* readBytes(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function ask(
  question: string,
  { stdin, stderr }: Pick<ProcessStreams, 'stdin' | 'stderr'>,
): Promise<string | null> {
  const prompt = createInterface({ input: stdin, output: stderr });
  try {
    return await prompt.question(question);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    // After Ctrl-C, the cursor is still on the line of the question.
    stderr.write('\n');
    return null;
  } finally {
    prompt.close();
  }
}

/** Node.js respects NO_COLOR and FORCE_COLOR, and detects streams that are not a terminal. */
function showsColours(stdout: ProcessStreams['stdout']): boolean {
  const stream = stdout as NodeJS.WriteStream;
  return styleText('bold', 'x', { stream, validateStream: true }) !== 'x';
}
