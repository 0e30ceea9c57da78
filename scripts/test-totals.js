/**
 * Reads vitest's JSON report and prints `N passed, N failed`, as the last line of a CI run. Fails unless every test
 * ran and passed: skipped, pending and todo tests fail the run, and so does an empty suite.
 */

import { existsSync, readFileSync } from 'node:fs';

const [file = ''] = process.argv.slice(2);
if (!existsSync(file)) {
  console.error('The tests wrote no report.');
  process.exit(1);
}

const report = JSON.parse(readFileSync(file, 'utf8'));
const { numPassedTests: passed, numFailedTests: failed, numTotalTests: total } = report;
const notRun = total - passed - failed;

if (total === 0) console.error('No test ran.');
if (notRun > 0) console.error(`${notRun} tests were skipped.`);
if (!report.success && failed === 0) console.error('A test file failed as a whole.');

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = report.success && total > 0 && failed === 0 && notRun === 0 ? 0 : 1;
