import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { printArea, printSummary } from '../doctor/report.ts';
import { FAILED } from '../exit-codes.ts';
import { printLine } from '../terminal.ts';

/** Checks everything that can be checked, and says what to do about what is not well. */
export function doctorCommand({ terminal, outcome }: CommandContext): Command {
  return new Command('doctor')
    .description('check the program and all that it works with; exit code 1 when anything fails')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: true }) => {
      const findings: Finding[] = [];
      for await (const area of examine(terminal.environment)) {
        findings.push(...area.findings);
        if (!json) printArea(terminal.stdout, area);
      }
      const failed = findings.some(({ verdict }) => verdict === 'fail');
      if (json) printLine(terminal.stdout, JSON.stringify({ ok: !failed, findings }));
      else printSummary(terminal.stdout, findings);
      if (failed) outcome.exitCode = FAILED;
    });
}
