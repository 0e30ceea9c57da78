import { relative, resolve } from 'node:path';

/** What `sun_path` of `sockaddr_un` holds on every system, its final NUL left out. */
const LONGEST_PATH = 103;

/**
 * Where the process that serves an embedded database listens for commands: `control.sock` in the data
 * directory, by the shorter of its names. Null where even that is too long for a socket.
 */
export function controlSocketPath(dataDirectory: string): string | null {
  const absolute = resolve(dataDirectory, 'control.sock');
  return [absolute, relative('.', absolute)].find((path) => Buffer.byteLength(path) <= LONGEST_PATH) ?? null;
}
