import type { Application } from './application.ts';
import { type ControlServer, openControlServer } from './control/control-server.ts';

/** The control socket of a process that serves an embedded database; a server is open to commands anyway. */
export async function openControlSocket({
  config,
  storage,
  archive,
  microblog,
  logger,
}: Application): Promise<ControlServer> {
  if (config.database.kind === 'embedded') {
    return openControlServer({
      storage: { ...archive, users: storage.users },
      search: microblog.search,
      logger,
      dataDirectory: config.dataDirectory,
    });
  }
  return { close: async () => {}, [Symbol.asyncDispose]: async () => {} };
}
