import { connect, createServer, type Socket } from 'node:net';

/** Browsers connect to it. The servers behind it come and go. */
export interface Front {
  /** Such as `http://127.0.0.1:5000`. */
  readonly url: string;
  /** New connections wait until the next server is ready, or has failed. */
  hold(): void;
  /** Connections go to the server on this port of this machine. */
  passTo(port: number): void;
  /** Connections are answered with 503 until the next server. */
  refuse(): void;
  close(): void;
}

const REFUSAL =
  'The server does not start. The terminal says why: correct it, save, and load this page again.\n';

/**
 * Listens for the servers, so that a page that is loaded during a restart waits instead of failing.
 * @throws {Error} if the port is invalid or taken.
 */
export async function openFront(host: string, port: number): Promise<Front> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('PORT: expected 0 to 65535.');
  let server = Promise.withResolvers<number | null>();
  let isSettled = false;
  const settle = (serverPort: number | null) => {
    if (isSettled) server = Promise.withResolvers();
    server.resolve(serverPort);
    isSettled = true;
  };
  const sockets = new Set<Socket>();

  const front = createServer({ allowHalfOpen: true, pauseOnConnect: true }, async (socket) => {
    track(socket);
    const serverPort = await server.promise;
    if (serverPort === null) answerWithRefusal(socket);
    else join(socket, track(connect({ port: serverPort, host: '127.0.0.1', allowHalfOpen: true })));
  });
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Closing it also closes the other side.
    socket.on('error', () => socket.destroy());
    return socket;
  };
  await new Promise<void>((resolve, reject) => {
    front.once('error', (error: NodeJS.ErrnoException) => reject(listenFault(error, host, port)));
    front.listen(port, host, resolve);
  });
  const address = front.address();
  const listening = typeof address === 'object' ? address?.port : port;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}`,
    hold() {
      if (isSettled) server = Promise.withResolvers();
      isSettled = false;
    },
    passTo: settle,
    refuse: () => settle(null),
    close() {
      front.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Each side gets what the other sends, and ends when the other does. */
function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  one.once('close', () => other.destroy());
  other.once('close', () => one.destroy());
}

function answerWithRefusal(socket: Socket): void {
  socket.once('data', () => {
    const head = 'HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n';
    socket.end(`${head}Content-Length: ${REFUSAL.length}\r\nConnection: close\r\n\r\n${REFUSAL}`);
  });
  socket.resume();
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new Error(
    `port ${port} is taken on ${host} by another program; stop it, or choose another port, such as PORT=${port + 1}`,
  );
}
