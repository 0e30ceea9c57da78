import { findFaults } from './find-faults.ts';

/** Tells of every fault in a line of its own, and returns the exit code. */
export function checkTexts(folder: string, tell: (line: string) => void): 0 | 1 {
  const faults = findFaults(folder);
  for (const { file, key, problem, remedy } of faults) {
    tell(`${[file, key].filter((part) => part !== null).join(': ')}: ${problem} ${remedy}`);
  }
  if (faults.length === 0) return 0;
  tell(`${faults.length === 1 ? 'One fault' : `${faults.length} faults`} in texts.`);
  return 1;
}
