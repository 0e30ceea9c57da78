import {
  type Application,
  type Config,
  loadConfig,
  openApplication,
  prepareDatabase,
} from '@microblog/host-koa/composition';
import type { Terminal } from './terminal.ts';

/** A command does one thing after the other; what serves needs the rest of the server's connections. */
const CONNECTIONS = 2;

/**
 * The application for a command: quiet, since a command says itself what it did, and closed by `using`.
 */
export async function openForCommand({ environment }: Terminal): Promise<Application> {
  const config: Config = loadConfig(environment);
  const { database } = config;
  return openApplication({
    ...config,
    database: database.kind === 'server' ? { ...database, poolSize: CONNECTIONS } : database,
    log: { ...config.log, level: 'silent' },
  });
}

/**
 * The same for commands that read and write what people did: an embedded database is migrated first.
 * @throws {MicroblogError} `migrations_pending` for a server that is not up to date.
 */
export async function openMigrated(terminal: Terminal): Promise<Application> {
  const application = await openForCommand(terminal);
  try {
    await prepareDatabase(application);
    return application;
  } catch (error) {
    await application.close();
    throw error;
  }
}
