import { configurationTable } from '@microblog/host-koa/composition';
import type { LocalCommand } from '../command.ts';
import { DONE } from '../exit-codes.ts';
import { printLine, printTable } from '../terminal.ts';

/** Checks the whole configuration before it prints anything. */
export const configCommand: LocalCommand<{ readonly json?: true }> = {
  name: 'config',
  description: 'show the configuration in force, secrets masked',
  syntax: (syntax) => syntax.option('--json', 'print JSON'),
  needs: 'environment',
  async run({ json }, { terminal: { stdout }, environment, config }) {
    const { profile } = config();
    const rows = configurationTable(environment, config());
    if (json) {
      const variables = Object.fromEntries(rows.map(({ name, value, source }) => [name, { value, source }]));
      printLine(stdout, JSON.stringify({ profile, variables }));
      return DONE;
    }
    printLine(stdout, `profile: ${profile}`);
    printTable(
      stdout,
      ['VARIABLE', 'VALUE', 'FROM'],
      rows.map(({ name, value, source }) => [name, value ?? '-', source]),
    );
    return DONE;
  },
};
