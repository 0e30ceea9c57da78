import {
  type Application,
  type Config,
  loadConfig,
  openApplication,
  prepareDatabase,
  type SlowStatement,
} from '@microblog/host-koa/composition';
import { printLine, type Terminal } from './terminal.ts';

/** A command does one thing after the other; what serves needs the rest of the server's connections. */
const CONNECTIONS = 2;

export interface OpenOptions {
  /**
   * It moves everything there is: its statements are slow by nature, and nothing is said of them. Over some
   * connections stderr is mixed into stdout, where one line would spoil an archive.
   */
  readonly movesEverything?: boolean;
}

/**
 * The application for a command: quiet, since a command says itself what it did, and closed by `using`. Slow
 * statements are told on stderr.
 */
export async function openForCommand(
  { environment, stderr }: Terminal,
  { movesEverything = false }: OpenOptions = {},
): Promise<Application> {
  const config: Config = loadConfig(environment);
  const { database } = config;
  return openApplication(
    {
      ...config,
      database: database.kind === 'server' ? { ...database, poolSize: CONNECTIONS } : database,
      log: { ...config.log, level: 'silent' },
    },
    { onSlowStatement: (slow) => (movesEverything ? undefined : tellSlowStatement(stderr, slow)) },
  );
}

function tellSlowStatement(stderr: Terminal['stderr'], { milliseconds, statement }: SlowStatement): void {
  // Over a progress bar, which draws itself again.
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  printLine(stderr, `microblog: slow statement, ${milliseconds} ms: ${statement}`);
}

/**
 * The same for commands that read and write what people did: an embedded database is migrated first.
 * @throws {MicroblogError} `migrations_pending` for a server that is not up to date.
 */
export async function openMigrated(terminal: Terminal, options: OpenOptions = {}): Promise<Application> {
  const application = await openForCommand(terminal, options);
  try {
    await prepareDatabase(application);
    return application;
  } catch (error) {
    await application.close();
    throw error;
  }
}
