import { existsSync } from 'node:fs';
import { ConfigurationError, type TextFault, translationReport } from '@microblog/host-koa/composition';
import type { CommandGroup, LocalCommand } from '../command.ts';
import { DONE, FAILED } from '../exit-codes.ts';
import { printLine, printTable } from '../terminal.ts';

interface CheckInput {
  readonly complete?: true;
  readonly json?: true;
}

const checkCommand: LocalCommand<CheckInput> = {
  name: 'check',
  description: 'check your own texts, in locales of THEME_DIR; exit code 1 if one is wrong',
  syntax: (syntax) =>
    syntax.option('--complete', 'fail for missing texts, too').option('--json', 'print JSON'),
  needs: 'environment',
  async run({ complete = false, json }, { terminal: { stdout }, config }) {
    const { site } = config();
    if (site.themeDirectory !== undefined && !existsSync(site.themeDirectory)) {
      throw new ConfigurationError([`THEME_DIR: there is no folder ${site.themeDirectory}`]);
    }
    const { languages, faults, missing } = translationReport(site);
    const wrong = complete ? [...faults, ...missing] : faults;
    const exitCode = wrong.length > 0 ? FAILED : DONE;
    if (json) {
      printLine(stdout, JSON.stringify({ ok: wrong.length === 0, languages, faults, missing }));
      return exitCode;
    }
    printTable(
      stdout,
      ['LANGUAGE', 'OFFERED', 'TEXTS', 'OWN', 'MISSING'],
      languages.map(({ language, offered, texts, own, missing: lacking }) => [
        language,
        offered ? 'yes' : 'no',
        ...[texts, own, lacking].map(String),
      ]),
      { numbersFrom: 2 },
    );
    for (const fault of wrong) printLine(stdout, describe(fault));
    printLine(stdout, summary(wrong.length, complete ? 0 : missing.length, site.languages[0] ?? 'en'));
    return exitCode;
  },
};

export const translationsCommands: CommandGroup = {
  name: 'translations',
  description: 'texts of the pages, errors and mails',
  commands: [checkCommand],
};

function describe({ file, key, problem, remedy }: TextFault): string {
  // The files are not ours: their control characters must not reach the terminal.
  return [file, ...(key === null ? [] : [key]), `${problem} ${remedy}`].join(': ').replace(/\p{Cc}/gu, ' ');
}

function summary(faults: number, missing: number, fallback: string): string {
  const shown = missing === 0 ? '' : ` Missing texts are shown in ${fallback}; --complete names them.`;
  if (faults === 0) return `Nothing is wrong.${shown}`;
  return `${faults === 1 ? 'One fault.' : `${faults} faults.`}${shown}`;
}
