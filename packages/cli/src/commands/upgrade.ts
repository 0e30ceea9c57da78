import { type Config, migrationNames, migrationScript } from '@microblog/host-koa/composition';
import type { DatabaseCommand } from '../command.ts';
import { DONE, UsageError } from '../exit-codes.ts';
import { printLine } from '../terminal.ts';

interface UpgradeInput {
  readonly sql?: true;
  readonly from?: string;
  readonly grantTo?: string;
}

/** The name of the empty state for `--from`. */
const NOTHING = 'nothing';

export const upgradeCommand: DatabaseCommand<UpgradeInput, 'migrations'> = {
  name: 'upgrade',
  description: 'apply pending migrations, or print them as SQL',
  syntax: (syntax) =>
    syntax
      .option('--sql', 'change nothing: print the pending migrations as one SQL script')
      .option(
        '--from <migration>',
        `with --sql: the last migration of the database, or "${NOTHING}"; opens no connection to it`,
      )
      .option('--grant-to <role>', 'with --sql: the role that may use what the script creates'),
  needs: 'database',
  async prepare({ sql, from, grantTo }, context) {
    if (!sql) {
      if (from === undefined && grantTo === undefined) return null;
      throw new UsageError('--from and --grant-to go with --sql.');
    }
    const config = context.config();
    if (from !== undefined) {
      context.terminal.stdout.write(await scriptOf(config, appliedUpTo(from), grantTo));
      return DONE;
    }
    if (config.database.kind === 'embedded') {
      throw new UsageError(
        'An embedded database is upgraded when it is opened. For a server, set DATABASE_URL, or name its last migration with --from.',
      );
    }
    return null;
  },
  async run({ sql, grantTo }, { terminal: { stdout }, config, services: { migrations } }) {
    if (sql) {
      const { applied, unknown } = await migrations.status();
      stdout.write(await scriptOf(config, [...applied, ...unknown], grantTo));
      return DONE;
    }
    const added = await migrations.apply();
    printLine(
      stdout,
      added.length === 0 ? 'The database is up to date; nothing to do.' : `Upgraded: ${added.join(', ')}.`,
    );
    return DONE;
  },
};

function scriptOf(
  { database: { schema } }: Config,
  applied: readonly string[],
  grantTo: string | undefined,
): Promise<string> {
  return migrationScript({ schema, applied, ...(grantTo === undefined ? {} : { grantTo }) });
}

function appliedUpTo(from: string): readonly string[] {
  if (from === NOTHING) return [];
  const last = migrationNames.indexOf(from);
  if (last >= 0) return migrationNames.slice(0, last + 1);
  throw new UsageError(
    `There is no migration "${from}". Give one of ${[NOTHING, ...migrationNames].join(', ')}.`,
  );
}
