import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '@microblog/core';
import type { CommandTerminal } from './command-terminal.ts';
import { controlSocketPath } from './control-socket-path.ts';
import { jsonLine, readJsonLines } from './json-lines.ts';
import { type FromCommand, fromUserSchema, type Opening, openingSchema, otherRelease } from './protocol.ts';
import { type RemoteTerminal, remoteTerminal } from './remote-terminal.ts';

export interface ControlServer extends AsyncDisposable {
  /** Aborts running commands, and removes the socket. May be called twice. */
  close(): Promise<void>;
}

/**
 * Runs a command with the services of this process, and returns its exit code. Reports errors on `terminal`
 * and does not throw. Ends soon after `signal` aborts.
 */
export type RunCommand = (
  commandLine: readonly string[],
  terminal: CommandTerminal,
  signal: AbortSignal,
) => Promise<number>;

export interface ControlNeeds {
  readonly dataDirectory: string;
  readonly runCommand: RunCommand;
  readonly logger: Logger;
}

/**
 * Lets commands use the embedded database through the process that holds it: HTTP on a Unix socket in the data
 * directory, which only this user may open (mode 0600). `protocol.ts` describes the one request that it takes.
 * Replaces a socket that a killed process left, so call it only while the database's lock is held. If the socket
 * can't be made, it logs a warning and serving goes on without it.
 */
export async function openControlServer({
  dataDirectory,
  runCommand,
  logger,
}: ControlNeeds): Promise<ControlServer> {
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const done = answer(request, response, runCommand)
      .catch((error: unknown) => {
        logger.error({ err: error }, 'a command through the control socket failed');
        response.destroy();
      })
      .finally(() => running.delete(done));
    running.add(done);
  });
  // A command may take any time.
  server.requestTimeout = 0;
  const path = controlSocketPath(dataDirectory);
  try {
    if (path === null) throw new Error('the path of the data directory is too long');
    rmSync(path, { force: true });
    await listenPrivately(server, path);
  } catch (error) {
    logger.warn(
      { err: error, path },
      'no control socket: commands that need the database must wait until this process ends',
    );
    return { close: async () => {}, [Symbol.asyncDispose]: async () => {} };
  }
  let closed: Promise<unknown> | undefined;
  const close = async () => {
    closed ??= new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await Promise.all([closed, ...running]);
  };
  return { close, [Symbol.asyncDispose]: close };
}

/** Makes the socket with mode 0600 from the first moment; binding happens before `listen` returns. */
function listenPrivately(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const before = process.umask(0o177);
    try {
      server.listen({ path, exclusive: true }, resolve);
    } finally {
      process.umask(before);
    }
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  runCommand: RunCommand,
): Promise<void> {
  // Must stay open when iterating ends: the answer uses the same connection.
  const lines = readJsonLines(request.iterator({ destroyOnReturn: false }));
  const opening = request.method === 'POST' && request.url === '/commands' ? await firstOf(lines) : null;
  if (opening === null) return refuse(request, response);
  response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
  // Send the headers at once: a command may print nothing for long, and the user can abort it only after them.
  response.flushHeaders();
  const send = (line: FromCommand) => void response.write(jsonLine(line));
  const aborted = new AbortController();
  const remote = remoteTerminal(opening.terminal, send);
  response.once('close', () => {
    aborted.abort();
    remote.disconnect();
  });
  void receive(lines, remote, aborted).catch(() => response.destroy());
  const exit = await runCommand(opening.arguments, remote.terminal, aborted.signal);
  await remote.flushed();
  response.end(jsonLine({ exit } satisfies FromCommand));
}

async function receive(
  lines: AsyncIterable<unknown>,
  remote: RemoteTerminal,
  aborted: AbortController,
): Promise<void> {
  for await (const line of lines) {
    const message = fromUserSchema.parse(line);
    if ('abort' in message) aborted.abort();
    else remote.receive(message);
  }
}

/** Null if the first line is not a valid opening of this protocol. */
async function firstOf(lines: AsyncIterator<unknown>): Promise<Opening | null> {
  try {
    return openingSchema.safeParse((await lines.next()).value).data ?? null;
  } catch {
    return null;
  }
}

async function refuse(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    // Read the rest first: some senders read no answer before their request has ended.
    if (request.url !== '/commands') for await (const _ of request);
  } catch {
    // The sender has disconnected, so no answer is needed.
  }
  response.writeHead(409, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify(otherRelease()));
}
