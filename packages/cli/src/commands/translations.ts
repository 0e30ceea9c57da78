import { existsSync } from 'node:fs';
import {
  ConfigurationError,
  loadConfig,
  type TextFault,
  translationReport,
} from '@microblog/host-koa/composition';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { FAILED } from '../exit-codes.ts';
import { printLine, printTable } from '../terminal.ts';

export function translationsCommand(context: CommandContext): Command {
  return new Command('translations')
    .description('texts of the pages, errors and mails')
    .addCommand(checkCommand(context));
}

function checkCommand({ terminal, outcome }: CommandContext): Command {
  return new Command('check')
    .description('check texts of your own, in locales of THEME_DIR; exit code 1 when one is wrong')
    .option('--complete', 'fail for texts that are missing, too')
    .option('--json', 'print JSON')
    .action(({ complete = false, json }: { complete?: boolean; json?: true }) => {
      const { site } = loadConfig(terminal.environment);
      if (site.themeDirectory !== undefined && !existsSync(site.themeDirectory)) {
        throw new ConfigurationError([`THEME_DIR: there is no folder ${site.themeDirectory}`]);
      }
      const { languages, faults, missing } = translationReport(site);
      const wrong = complete ? [...faults, ...missing] : faults;
      if (wrong.length > 0) outcome.exitCode = FAILED;
      if (json) {
        printLine(terminal.stdout, JSON.stringify({ ok: wrong.length === 0, languages, faults, missing }));
        return;
      }
      printTable(
        terminal.stdout,
        ['LANGUAGE', 'OFFERED', 'TEXTS', 'OWN', 'MISSING'],
        languages.map(({ language, offered, texts, own, missing: lacking }) => [
          language,
          offered ? 'yes' : 'no',
          ...[texts, own, lacking].map(String),
        ]),
        { numbersFrom: 2 },
      );
      for (const fault of wrong) printLine(terminal.stdout, described(fault));
      printLine(
        terminal.stdout,
        summary(wrong.length, complete ? 0 : missing.length, site.languages[0] ?? 'en'),
      );
    });
}

function described({ file, key, problem, remedy }: TextFault): string {
  // Texts come from files of others.
  return [file, ...(key === null ? [] : [key]), `${problem} ${remedy}`].join(': ').replace(/\p{Cc}/gu, ' ');
}

function summary(faults: number, missing: number, fallback: string): string {
  const shown = missing === 0 ? '' : ` What is missing is shown in ${fallback}; --complete names it.`;
  if (faults === 0) return `Nothing is wrong.${shown}`;
  return `${faults === 1 ? 'One fault.' : `${faults} faults.`}${shown}`;
}
