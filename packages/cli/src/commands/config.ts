import { configurationTable, loadConfig } from '@microblog/host-koa/composition';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { printLine, printTable } from '../terminal.ts';

/** Shows what is in force, secrets masked, after checking all of it. */
export function configCommand({ terminal }: CommandContext): Command {
  return new Command('config')
    .description('show the configuration in force, secrets masked')
    .option('--json', 'print JSON')
    .action(({ json }: { json?: true }) => {
      const config = loadConfig(terminal.environment);
      const { profile } = config;
      const rows = configurationTable(terminal.environment, config);
      if (json) {
        const variables = Object.fromEntries(
          rows.map(({ name, value, source }) => [name, { value, source }]),
        );
        printLine(terminal.stdout, JSON.stringify({ profile, variables }));
        return;
      }
      printLine(terminal.stdout, `profile: ${profile}`);
      printTable(
        terminal.stdout,
        ['VARIABLE', 'VALUE', 'FROM'],
        rows.map(({ name, value, source }) => [name, value ?? '-', source]),
      );
    });
}
