import { findFaults } from './find-faults.ts';

/** Reports every fault in one line, and returns the exit code. */
export function checkTexts(folder: string, report: (line: string) => void): 0 | 1 {
  const faults = findFaults(folder);
  for (const { file, key, problem, remedy } of faults) {
    report(`${[file, key].filter((part) => part !== null).join(': ')}: ${problem} ${remedy}`);
  }
  if (faults.length === 0) return 0;
  report(`${faults.length === 1 ? 'One fault' : `${faults.length} faults`} in texts.`);
  return 1;
}
