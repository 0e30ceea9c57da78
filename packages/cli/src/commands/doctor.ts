import type { LocalCommand } from '../command.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { printArea, printSummary } from '../doctor/report.ts';
import { DONE, FAILED } from '../exit-codes.ts';
import { openForDiagnosis } from '../open-database.ts';
import { printLine } from '../terminal.ts';

/** Checks everything that can be checked, and prints how to fix each problem. */
export const doctorCommand: LocalCommand<{ readonly json?: true }> = {
  name: 'doctor',
  description: 'check the program and all that it works with; exit code 1 if anything fails',
  syntax: (syntax) => syntax.option('--json', 'print JSON'),
  needs: 'environment',
  async run({ json }, { terminal, environment }) {
    const findings: Finding[] = [];
    for await (const area of examine(environment, openForDiagnosis)) {
      findings.push(...area.findings);
      if (!json) printArea(terminal, area);
    }
    const failed = findings.some(({ verdict }) => verdict === 'fail');
    if (json) printLine(terminal.stdout, JSON.stringify({ ok: !failed, findings }));
    else printSummary(terminal, findings);
    return failed ? FAILED : DONE;
  },
};
