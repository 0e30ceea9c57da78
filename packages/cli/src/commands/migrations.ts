import {
  holdsDatabase,
  loadConfig,
  type MigrationStatus,
  migrate,
  migrationNames,
  migrationScript,
  migrationStatus,
  rollback,
} from '@microblog/host-koa/composition';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { confirm, sayNothingChanged } from '../confirm.ts';
import { FAILED, UsageError } from '../exit-codes.ts';
import { openForCommand } from '../open.ts';
import { printLine } from '../terminal.ts';

export function initCommand({ terminal }: CommandContext): Command {
  return new Command('init')
    .description('create the database objects; does nothing where they are there')
    .action(async () => {
      await using application = await openForCommand(terminal);
      const { applied } = await migrationStatus(application.storage);
      const added = await migrate(application.storage);
      if (added.length === 0)
        printLine(terminal.stdout, 'The database was initialised before; nothing to do.');
      else if (applied.length > 0)
        printLine(terminal.stdout, `Initialised before; upgraded: ${added.join(', ')}.`);
      else printLine(terminal.stdout, `Initialised: ${added.join(', ')}.`);
    });
}

interface UpgradeOptions {
  readonly sql?: true;
  readonly from?: string;
  readonly grantTo?: string;
}

/** What `--from` calls a database without any migration. */
const NOTHING = 'nothing';

export function upgradeCommand({ terminal }: CommandContext): Command {
  return new Command('upgrade')
    .description('apply pending migrations, or print them as SQL')
    .option('--sql', 'change nothing: print the pending migrations as one SQL script')
    .option(
      '--from <migration>',
      `with --sql: the last one that the database has, or "${NOTHING}"; it is not connected to`,
    )
    .option('--grant-to <role>', 'with --sql: the role that is to use what the script makes')
    .action(async ({ sql, ...options }: UpgradeOptions) => {
      if (sql) return printScript(terminal, options);
      if (options.from !== undefined || options.grantTo !== undefined) {
        throw new UsageError('--from and --grant-to go with --sql.');
      }
      await using application = await openForCommand(terminal);
      const added = await migrate(application.storage);
      printLine(
        terminal.stdout,
        added.length === 0 ? 'The database is up to date; nothing to do.' : `Upgraded: ${added.join(', ')}.`,
      );
    });
}

async function printScript(
  terminal: CommandContext['terminal'],
  { from, grantTo }: Omit<UpgradeOptions, 'sql'>,
): Promise<void> {
  const { schema } = loadConfig(terminal.environment).database;
  const applied = from === undefined ? await appliedThere(terminal) : appliedUpTo(from);
  const grants = grantTo === undefined ? {} : { grantTo };
  terminal.stdout.write(await migrationScript({ schema, applied, ...grants }));
}

async function appliedThere(terminal: CommandContext['terminal']): Promise<readonly string[]> {
  if (loadConfig(terminal.environment).database.kind === 'embedded') {
    throw new UsageError(
      'An embedded database is upgraded when it is opened. For a server, set DATABASE_URL, or say where it is with --from.',
    );
  }
  await using application = await openForCommand(terminal);
  const { applied, unknown } = await migrationStatus(application.storage);
  return [...applied, ...unknown];
}

function appliedUpTo(from: string): readonly string[] {
  if (from === NOTHING) return [];
  const last = migrationNames.indexOf(from);
  if (last >= 0) return migrationNames.slice(0, last + 1);
  throw new UsageError(
    `There is no migration "${from}". Give one of ${[NOTHING, ...migrationNames].join(', ')}.`,
  );
}

export function downgradeCommand({ terminal }: CommandContext): Command {
  return new Command('downgrade')
    .description('take back the latest migration, and the data that only it could hold')
    .option('-y, --yes', 'do not ask')
    .action(async ({ yes }: { yes?: true }) => {
      await using application = await openForCommand(terminal);
      const latest = (await migrationStatus(application.storage)).applied.at(-1);
      if (latest === undefined) {
        printLine(terminal.stdout, 'No migration is applied; nothing to do.');
        return;
      }
      const question = `Take back ${latest}? Data that it holds is deleted for good.`;
      if (!(await confirm(terminal, question, { yes: yes === true }))) {
        sayNothingChanged(terminal, {});
        return;
      }
      await rollback(application.storage);
      printLine(terminal.stdout, `Taken back: ${latest}.`);
    });
}

export function statusCommand({ terminal, outcome }: CommandContext): Command {
  return new Command('status')
    .description('show where the database is and what is pending; exit code 1 when anything is')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: true }) => {
      const { database } = loadConfig(terminal.environment);
      const { kind, schema } = database;
      const where = database.kind === 'embedded' ? database.directory : new URL(database.url).host;
      if (database.kind === 'embedded' && !holdsDatabase(database.directory)) {
        const missing = `There is no database in ${where} yet: "microblog serve" and "microblog init" make one.`;
        const answer = { database: { kind, where, schema }, initialised: false };
        printLine(terminal.stdout, json ? JSON.stringify(answer) : missing);
        outcome.exitCode = FAILED;
        return;
      }
      await using application = await openForCommand(terminal);
      const status: MigrationStatus = await migrationStatus(application.storage);
      if (json) {
        const initialised = status.applied.length > 0;
        printLine(
          terminal.stdout,
          JSON.stringify({ database: { kind, where, schema }, initialised, ...status }),
        );
      } else {
        const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '));
        printLine(terminal.stdout, `database  ${database.kind}, ${where}, schema ${database.schema}`);
        printLine(terminal.stdout, `applied   ${list(status.applied)}`);
        printLine(terminal.stdout, `pending   ${list(status.pending)}`);
        if (status.unknown.length > 0) printLine(terminal.stdout, `unknown   ${list(status.unknown)}`);
        if (status.pending.length > 0) {
          const command = status.applied.length === 0 ? 'init' : 'upgrade';
          printLine(terminal.stdout, `Run "microblog ${command}".`);
        }
      }
      if (status.pending.length + status.unknown.length > 0) outcome.exitCode = FAILED;
    });
}
