import { finished } from 'node:stream/promises';
import type { CommandFiles, CommandTerminal, TerminalFacts } from './command-terminal.ts';
import { type FromCommand, type FromUser, fromFault, type TerminalCall, terminalCalls } from './protocol.ts';
import { remoteOutputs } from './remote-outputs.ts';
import { TerminalError } from './terminal-error.ts';

/** The terminal of a user whose command runs in this process. */
export interface RemoteTerminal {
  readonly terminal: CommandTerminal;
  /** Handles a reply of the user's process. */
  receive(reply: Exclude<FromUser, { abort: true }>): void;
  /** Resolves when the user's process has printed everything, or has ended. */
  flushed(): Promise<void>;
  /** Fails every call, now and later, because the user's process has ended. */
  disconnect(): void;
}

type Call = <Parameters, Result>(
  call: TerminalCall<Parameters, Result>,
  parameters: Parameters,
) => Promise<Result>;

/** `send` sends calls to the user's process; replies arrive by `receive`. */
export function remoteTerminal(facts: TerminalFacts, send: (call: FromCommand) => void): RemoteTerminal {
  const pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  let last = 0;
  let connected = true;

  const call: Call = async ({ name, parameters, result }, values) => {
    if (!connected) throw disconnected();
    const id = ++last;
    const reply = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }));
    send({ call: id, name, parameters: parameters.parse(values) });
    return result.parse(await reply);
  };

  const { stdout, stderr } = remoteOutputs(facts, (stream, bytes) =>
    call(terminalCalls.print, { stream, bytes: bytes.toString('base64') }),
  );
  return {
    terminal: {
      stdin: { isTTY: facts.stdin.isTTY, read: () => readInput(call) },
      stdout,
      stderr,
      colours: facts.colours,
      ask: (question) => call(terminalCalls.ask, { question }),
      files: remoteFiles(call),
    },
    receive(reply) {
      const waiting = pending.get(reply.reply);
      pending.delete(reply.reply);
      if ('fault' in reply) waiting?.reject(fromFault(reply.fault));
      else waiting?.resolve(reply.result);
    },
    async flushed() {
      // The command already got the errors of its own writes.
      await Promise.allSettled([stdout, stderr].map((stream) => finished(stream.end())));
    },
    disconnect() {
      connected = false;
      for (const { reject } of pending.values()) reject(disconnected());
      pending.clear();
    },
  };
}

function disconnected(): TerminalError {
  return new TerminalError('The process that the command was called from has ended.');
}

async function* readInput(call: Call): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = await call(terminalCalls.readInput, {});
    if (bytes === null) return;
    yield Buffer.from(bytes, 'base64');
  }
}

function remoteFiles(call: Call): CommandFiles {
  return {
    async create(path, { force }) {
      const file = await call(terminalCalls.createFile, { path, force });
      return {
        async write(bytes) {
          await call(terminalCalls.writeFile, { file, bytes: Buffer.from(bytes).toString('base64') });
        },
        async keep() {
          await call(terminalCalls.keepFile, { file });
        },
        async discard() {
          await call(terminalCalls.discardFile, { file });
        },
      };
    },
    async open(path) {
      const { file, size } = await call(terminalCalls.openFile, { path });
      return {
        size,
        async read(position, length) {
          const bytes = await call(terminalCalls.readFile, { file, position, length });
          return Buffer.from(bytes, 'base64');
        },
        async close() {
          await call(terminalCalls.closeFile, { file });
        },
      };
    },
  };
}
