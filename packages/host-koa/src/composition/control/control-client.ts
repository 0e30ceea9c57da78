import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { MicroblogError } from '@microblog/core';
import type { CommandTerminal } from './command-terminal.ts';
import { controlSocketPath } from './control-socket-path.ts';
import { jsonLine, readJsonLines } from './json-lines.ts';
import {
  type FromCommand,
  type FromUser,
  fromCommandSchema,
  type Opening,
  PROTOCOL,
  toFault,
} from './protocol.ts';
import { type TerminalReplies, terminalReplies } from './terminal-replies.ts';

/** A command for another process to run. */
export interface RemoteCommand {
  /** Of the process that holds the embedded database. */
  readonly dataDirectory: string;
  /** As typed, without the name of the program. */
  readonly arguments: readonly string[];
  readonly terminal: CommandTerminal;
  /** Aborts the command. It may still print and finish. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command in the process that serves the embedded database, on the terminal of this one. Returns its exit
 * code. The command is aborted if this process ends.
 * @throws {MicroblogError} `storage_locked` if that process takes no commands, or ends before the command does.
 * @throws {Error} in one line if that process is of a release with another protocol.
 */
export async function runInServingProcess(command: RemoteCommand): Promise<number> {
  const { dataDirectory, terminal, signal } = command;
  const socketPath = controlSocketPath(dataDirectory);
  if (socketPath === null) throw unreachable(dataDirectory);
  // A new connection: a pooled one may belong to a process that has ended.
  const sent = request({ socketPath, method: 'POST', path: '/commands', agent: false });
  const send = (line: Opening | FromUser) => void sent.write(jsonLine(line));
  const abort = () => send({ abort: true });
  try {
    send(openingOf(command));
    const response = await responseTo(sent, dataDirectory);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    await using replies = terminalReplies(terminal);
    for await (const line of readJsonLines(untilCut(response, dataDirectory))) {
      const message = parse(line);
      if ('exit' in message) return message.exit;
      void replyTo(message, replies).then(send);
    }
    throw unreachable(dataDirectory);
  } finally {
    signal.removeEventListener('abort', abort);
    sent.destroy();
  }
}

function openingOf({ arguments: given, terminal }: RemoteCommand): Opening {
  const { stdin, stdout, stderr, colours } = terminal;
  const screen = ({ isTTY = false, columns }: CommandTerminal['stdout']) => ({
    isTTY,
    ...(columns === undefined || columns < 1 ? {} : { columns }),
  });
  return {
    protocol: PROTOCOL,
    arguments: [...given],
    terminal: {
      stdin: { isTTY: stdin.isTTY },
      stdout: screen(stdout),
      stderr: screen(stderr),
      colours,
    },
  };
}

function parse(line: unknown): FromCommand {
  const { data } = fromCommandSchema.safeParse(line);
  if (data === undefined) throw new Error('The process that serves the database sent an invalid answer.');
  return data;
}

async function replyTo(
  { call, name, parameters }: Exclude<FromCommand, { exit: number }>,
  replies: TerminalReplies,
): Promise<FromUser> {
  try {
    return { reply: call, result: await replies.reply(name, parameters) };
  } catch (error) {
    return { reply: call, fault: toFault(error) };
  }
}

async function responseTo(sent: ClientRequest, dataDirectory: string): Promise<IncomingMessage> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.on('error', () => reject(unreachable(dataDirectory)));
  });
  if (response.statusCode === 200) return response;
  throw new Error(await refusalOf(response));
}

/** Releases before this protocol do not know this request, and their answer does not help the user. */
async function refusalOf(response: IncomingMessage): Promise<string> {
  const answer: unknown = response.statusCode === 404 ? null : await json(response).catch(() => null);
  return typeof answer === 'object' &&
    answer !== null &&
    'message' in answer &&
    typeof answer.message === 'string'
    ? answer.message
    : 'The process that serves the database is of an older release. Restart it with the release of this command, then try again.';
}

async function* untilCut(response: IncomingMessage, dataDirectory: string): AsyncGenerator<Uint8Array> {
  try {
    yield* response;
  } catch {
    throw unreachable(dataDirectory);
  }
}

function unreachable(dataDirectory: string): MicroblogError<'storage_locked'> {
  return new MicroblogError(
    'storage_locked',
    `The process that uses the database in ${dataDirectory} takes no commands, or has just ended. Try again, or stop it first.`,
  );
}
