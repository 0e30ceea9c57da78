// `pnpm i18n:check [folder]`: every text is there in every language, is used, and fills in the same things.
import { join } from 'node:path';
import { findFaults } from './find-faults.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../..');
const faults = findFaults(folder);
for (const { file, key, problem, remedy } of faults) {
  console.error(`${[file, key].filter((part) => part !== null).join(': ')}: ${problem} ${remedy}`);
}
if (faults.length > 0) {
  console.error(`${faults.length === 1 ? 'One fault' : `${faults.length} faults`} in texts.`);
  process.exitCode = 1;
}
