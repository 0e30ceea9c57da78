import { type Config, holdsDatabase } from '@microblog/host-koa/composition';
import type { DatabaseCommand } from '../command.ts';
import { confirm, printNothingChanged } from '../confirm.ts';
import { DONE, FAILED } from '../exit-codes.ts';
import { printLine } from '../terminal.ts';

export const initCommand: DatabaseCommand<object, 'migrations'> = {
  name: 'init',
  description: 'create the database objects; does nothing if they exist',
  needs: 'database',
  async run(_input, { terminal: { stdout }, services: { migrations } }) {
    const { applied } = await migrations.status();
    const added = await migrations.apply();
    if (added.length === 0) printLine(stdout, 'The database was initialised before; nothing to do.');
    else if (applied.length > 0) printLine(stdout, `Initialised before; upgraded: ${added.join(', ')}.`);
    else printLine(stdout, `Initialised: ${added.join(', ')}.`);
    return DONE;
  },
};

export const downgradeCommand: DatabaseCommand<{ readonly yes?: true }, 'migrations'> = {
  name: 'downgrade',
  description: 'undo the latest migration, and delete the data that only it could store',
  syntax: (syntax) => syntax.option('-y, --yes', 'do not ask'),
  needs: 'database',
  alone: true,
  async run({ yes = false }, { terminal, services: { migrations } }) {
    const latest = (await migrations.status()).applied.at(-1);
    if (latest === undefined) {
      printLine(terminal.stdout, 'No migration is applied; nothing to do.');
      return DONE;
    }
    const question = `Take back ${latest}? Data that it holds is deleted for good.`;
    if (!(await confirm(terminal, question, { yes }))) {
      printNothingChanged(terminal, {});
      return DONE;
    }
    await migrations.takeBack();
    printLine(terminal.stdout, `Taken back: ${latest}.`);
    return DONE;
  },
};

interface JsonOption {
  readonly json?: true;
}

export const statusCommand: DatabaseCommand<JsonOption, 'migrations'> = {
  name: 'status',
  description: 'show the location of the database and its pending migrations; exit code 1 if any is pending',
  syntax: (syntax) => syntax.option('--json', 'print JSON'),
  needs: 'database',
  async prepare({ json }, context) {
    const { database } = context.config();
    if (database.kind !== 'embedded' || holdsDatabase(database.directory)) return null;
    const place = placeOf(database);
    const missing = `There is no database in ${place.where} yet: "microblog serve" and "microblog init" make one.`;
    const answer = { database: place, initialised: false };
    printLine(context.terminal.stdout, json ? JSON.stringify(answer) : missing);
    return FAILED;
  },
  async run({ json }, { terminal: { stdout }, config, services: { migrations } }) {
    const place = placeOf(config.database);
    const status = await migrations.status();
    const { applied, pending, unknown } = status;
    if (json) {
      printLine(stdout, JSON.stringify({ database: place, initialised: applied.length > 0, ...status }));
    } else {
      const latest = applied.length === 0 ? '' : `, the latest ${applied.at(-1)}`;
      printLine(stdout, `database    ${place.kind}, ${place.where}, schema ${place.schema}`);
      printLine(stdout, `migrations  ${applied.length} applied${latest}`);
      printLine(stdout, `pending     ${onePerLine(pending)}`);
      if (unknown.length > 0) printLine(stdout, `unknown     ${onePerLine(unknown)}`);
      if (pending.length > 0) {
        printLine(stdout, `Run "microblog ${applied.length === 0 ? 'init' : 'upgrade'}".`);
      }
    }
    return pending.length + unknown.length > 0 ? FAILED : DONE;
  },
};

/** The names below each other, beside a label of 12 columns. */
function onePerLine(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(`\n${' '.repeat(12)}`);
}

function placeOf(database: Config['database']) {
  const where = database.kind === 'embedded' ? database.directory : new URL(database.url).host;
  return { kind: database.kind, where, schema: database.schema };
}
