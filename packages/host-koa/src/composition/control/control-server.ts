import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { sendArchive, takeArchive } from './archive-commands.ts';
import { faultOf, respond } from './control-answers.ts';
import type { ControlNeeds } from './control-needs.ts';
import { controlSocketPath } from './control-socket-path.ts';
import { fillSearchIndex, tellSearchStatus } from './search-commands.ts';

export interface ControlServer extends AsyncDisposable {
  /** Cuts off what is under way, and takes the socket away. May be called twice. */
  close(): Promise<void>;
}

/**
 * Lets commands reach the embedded database through the process that holds it: HTTP on a Unix socket in the
 * data directory, which only this user may open. `GET /archive` gives the lines of an archive, `PUT /archive`
 * takes them (`?replace` deletes everything first). `GET /search` tells the status of the search index, `POST
 * /search` fills it (`?restart` from the newest post on) and tells by lines how far it is. A socket that a killed
 * process left is replaced, so call it only while the database's lock is held. Where a socket can't be made, a
 * warning says so and nothing else is lost.
 */
export async function openControlServer(needs: ControlNeeds): Promise<ControlServer> {
  const { dataDirectory, logger } = needs;
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const done = answer(needs, request, response).finally(() => running.delete(done));
    running.add(done);
  });
  // An archive of any size takes its time.
  server.requestTimeout = 0;
  const path = controlSocketPath(dataDirectory);
  try {
    if (path === null) throw new Error('the path of the data directory is too long');
    rmSync(path, { force: true });
    await listenPrivately(server, path);
  } catch (error) {
    logger.warn(
      { err: error, path },
      'no control socket: backup, restore and search reindex must wait until this process ends',
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

/** Made with mode 0600 from the first moment; binding happens before `listen` returns. */
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

type Command = (
  needs: ControlNeeds,
  request: IncomingMessage,
  response: ServerResponse,
  options: URLSearchParams,
) => Promise<void>;

const commands: Readonly<Record<string, Readonly<Record<string, Command>>>> = {
  '/archive': { GET: sendArchive, PUT: takeArchive },
  '/search': { GET: tellSearchStatus, POST: fillSearchIndex },
};

async function answer(
  needs: ControlNeeds,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control');
  const methods = Object.hasOwn(commands, pathname) ? (commands[pathname] ?? {}) : {};
  const command = Object.hasOwn(methods, request.method ?? '') ? methods[request.method ?? ''] : undefined;
  if (command === undefined) return respond(response, 404, { message: 'There is no such command.' });
  try {
    await command(needs, request, response, searchParams);
  } catch (error) {
    needs.logger.warn({ err: error }, 'a command through the control socket failed');
    if (response.headersSent) return void response.destroy();
    await readToItsEnd(request);
    respond(response, 500, faultOf(error));
  }
}

/** An answer in the middle of a request closes the connection under its sender, who may then never see it. */
async function readToItsEnd(request: IncomingMessage): Promise<void> {
  try {
    // `resume()` does nothing just after somebody stopped to iterate.
    for await (const _ of request);
  } catch {
    // The sender has gone: then nobody waits for an answer either.
  }
}
