import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** Milliseconds after the signal when open requests are cut off, so that the process ends within ten seconds. */
const GRACE_MS = 8_000;
/**
 * A keep-alive connection is closed after this time without data: the client may be about to send the next request,
 * which would be lost. A connection in use ends with its next response, which announces it.
 */
const QUIET_MS = 1_000;
const SWEEP_MS = 50;

interface Connection {
  /** The response in progress, if any. */
  response: ServerResponse | undefined;
  quietSince: number;
  /** Bytes received when the last request was answered; more bytes mean that another request has begun. */
  bytesSeen: number;
}

// Why: docs/decisions/0050-draining-connections.md
/**
 * Watches a server's connections; call it before the server listens. The returned function stops accepting
 * connections. It resolves when every accepted request is answered and every connection is closed.
 */
export function drainable(server: Server): () => Promise<void> {
  const connections = new Map<Socket, Connection>();
  let stopping = false;

  server.on('connection', (socket: Socket) => {
    connections.set(socket, { response: undefined, quietSince: performance.now(), bytesSeen: 0 });
    socket.once('close', () => connections.delete(socket));
  });
  // Registered before the listener that answers.
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
      if (silent && now - quietSince >= QUIET_MS) socket.destroy();
    }
  }

  return async () => {
    stopping = true;
    const start = performance.now();
    for (const connection of connections.values()) {
      if (connection.response === undefined) connection.quietSince = start;
      // If the headers are already sent, the connection is closed once it is idle.
      else connection.response.shouldKeepAlive = false;
    }
    const sweep = setInterval(closeQuiet, SWEEP_MS);
    const cutOff = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    try {
      // Not the `close` of HTTP servers: it closes every idle connection at once.
      await new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    } finally {
      clearInterval(sweep);
      clearTimeout(cutOff);
    }
  };
}
