import { relative, resolve } from 'node:path';

/** The longest path, in bytes, that `sun_path` of `sockaddr_un` holds on every system, without its final NUL. */
const LONGEST_PATH = 103;

/**
 * The path at which the process that serves an embedded database listens for commands: `control.sock` in the data
 * directory, by the shorter of its absolute and relative names. Null if even that is too long for a socket.
 */
export function controlSocketPath(dataDirectory: string): string | null {
  const absolute = resolve(dataDirectory, 'control.sock');
  return [absolute, relative('.', absolute)].find((path) => Buffer.byteLength(path) <= LONGEST_PATH) ?? null;
}
