import {
  type Application,
  type CommandOutput,
  type Config,
  openApplication,
  operatorServices,
  prepareDatabase,
  type SlowStatement,
} from '@microblog/host-koa/composition';
import type { DatabaseCommand } from './command.ts';
import type { OpenDiagnosis } from './doctor/examine.ts';
import { printLine } from './terminal.ts';

/** One connection: a command runs its statements in sequence, and serving processes need the other connections. */
const CONNECTIONS = 2;

/**
 * Opens the application for a command. Logs nothing, since a command prints its results. Reports slow statements on
 * `stderr`, unless the command moves everything. Statements of such a command are expected to be slow. Also, some
 * connections mix standard error into standard output, and a single line would damage an archive.
 * @throws {MicroblogError} `storage_locked` if another process holds the embedded database; `migrations_pending` if the
 * command needs a migrated database and that of the server is not.
 */
export async function openDatabase(
  { needs, movesEverything = false }: Pick<DatabaseCommand, 'needs' | 'movesEverything'>,
  config: Config,
  stderr: CommandOutput,
): Promise<Application> {
  const application = await openApplication(quiet(config), {
    onSlowStatement: (slow) => (movesEverything ? undefined : reportSlowStatement(stderr, slow)),
  });
  if (needs === 'database') return application;
  try {
    await prepareDatabase(application);
    return application;
  } catch (error) {
    await application.close();
    throw error;
  }
}

/** Opens the parts that `microblog doctor` examines. Reports no slow statements, since doctor measures times itself. */
export async function openForDiagnosis(config: Config): Promise<OpenDiagnosis> {
  const application = await openApplication(quiet(config), { onSlowStatement: () => {} });
  const { diagnosis } = operatorServices(application);
  return { diagnosis, [Symbol.asyncDispose]: () => application.close() };
}

function quiet(config: Config): Config {
  const { database } = config;
  return {
    ...config,
    database: database.kind === 'server' ? { ...database, poolSize: CONNECTIONS } : database,
    log: { ...config.log, level: 'silent' },
  };
}

function reportSlowStatement(stderr: CommandOutput, { milliseconds, statement }: SlowStatement): void {
  // Clears a progress bar, which redraws itself afterwards.
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  printLine(stderr, `microblog: slow statement, ${milliseconds} ms: ${statement}`);
}
