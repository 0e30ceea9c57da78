import type { Application } from './application.ts';
import { type ControlServer, openControlServer, type RunCommand } from './control/control-server.ts';

/**
 * The control socket of a process that serves an embedded database. With a database server it does nothing:
 * commands connect to that server themselves.
 */
export async function openControlSocket(
  { config, logger }: Application,
  runCommand: RunCommand,
): Promise<ControlServer> {
  if (config.database.kind === 'embedded') {
    return openControlServer({ dataDirectory: config.dataDirectory, runCommand, logger });
  }
  return { close: async () => {}, [Symbol.asyncDispose]: async () => {} };
}
