import { createServer, type RequestListener, type Server } from 'node:http';

/** A server on a free port of 127.0.0.1. */
export function listening(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
