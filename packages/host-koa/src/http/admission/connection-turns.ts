import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Browsers do not pipeline. Programs that do send a few requests ahead; more than this is an attack or a fault. */
const MOST_WAITING = 100;

/** Lets each connection of HTTP/1 have one request in progress, since its answers have to leave in order anyway. */
export interface ConnectionTurns {
  /**
   * True if the request may begin. Otherwise a promise: true when its turn has come, false if the connection is gone by
   * then. A connection with more than 100 waiting requests is closed.
   */
  enter(request: IncomingMessage, response: ServerResponse): true | Promise<boolean>;
}

type Waiting = (begins: boolean) => void;

// Why: docs/decisions/0093-overload.md
export function connectionTurns(): ConnectionTurns {
  /** The waiting requests of each connection that has one in progress. */
  const lines = new WeakMap<Socket, Waiting[]>();

  function leave(socket: Socket): void {
    const line = lines.get(socket) ?? [];
    if (socket.destroyed) {
      for (const resolve of line.splice(0)) resolve(false);
    }
    const next = line.shift();
    if (next === undefined) lines.delete(socket);
    else next(true);
  }

  return {
    enter({ httpVersionMajor, socket }, response) {
      // Later versions answer in any order, and their servers limit the streams of a connection.
      if (httpVersionMajor > 1) return true;
      response.once('close', () => leave(socket));
      const line = lines.get(socket);
      if (line === undefined) {
        lines.set(socket, []);
        return true;
      }
      if (line.length >= MOST_WAITING) {
        socket.destroy();
        return Promise.resolve(false);
      }
      return new Promise((resolve) => void line.push(resolve));
    },
  };
}
