import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** What still runs this long after the signal is cut off, to be gone within ten seconds. */
const GRACE = 8_000;
/**
 * A kept connection is closed when nothing came over it for so long: the client may be about to send the next
 * request, which would be lost. One that is in use ends with its next answer, which says so.
 */
const QUIET = 1_000;
const SWEEP = 50;

interface Connection {
  /** The answer that is due, if any. */
  response: ServerResponse | undefined;
  quietSince: number;
  /** Bytes that had arrived when the last request was answered: more of them are the begin of another. */
  bytesSeen: number;
}

// Why: docs/decisions/0050-draining-connections.md
/**
 * Watches a server's connections, from before it listens. The function that it returns stops accepting and
 * resolves when every request that was accepted is answered and every connection closed.
 */
export function drainable(server: Server): () => Promise<void> {
  const connections = new Map<Socket, Connection>();
  let stopping = false;

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { response: undefined, quietSince: performance.now(), bytesSeen: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  // Before the listener that answers.
  server.prependListener('request', ({ socket }, response) => {
    const connection = connections.get(socket);
    if (connection === undefined) return;
    connection.response = response;
    if (stopping) response.shouldKeepAlive = false;
    response.once('close', () => {
      connection.response = undefined;
      connection.quietSince = performance.now();
      connection.bytesSeen = socket.bytesRead;
    });
  });

  function closeQuiet(): void {
    const now = performance.now();
    for (const [socket, { response, quietSince, bytesSeen }] of connections) {
      const silent = response === undefined && socket.bytesRead === bytesSeen;
      if (silent && now - quietSince >= QUIET) socket.destroy();
    }
  }

  return async () => {
    stopping = true;
    const start = performance.now();
    for (const connection of connections.values()) {
      if (connection.response === undefined) connection.quietSince = start;
      // Where the headers are on their way, the connection is closed when it has been quiet.
      else connection.response.shouldKeepAlive = false;
    }
    const sweep = setInterval(closeQuiet, SWEEP);
    const cutOff = setTimeout(() => server.closeAllConnections(), GRACE);
    try {
      // That of HTTP servers closes every idle connection at once.
      await new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    } finally {
      clearInterval(sweep);
      clearTimeout(cutOff);
    }
  };
}
