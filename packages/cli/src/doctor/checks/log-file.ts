import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Finding, fail, ok } from '../finding.ts';
import { nearestExisting, whyNotUsable } from './writable.ts';

/** No finding if no log file is set. Rotating needs the right to write in its directory too. */
export function checkLogFile(path: string | undefined): Finding[] {
  if (path === undefined) return [];
  const file = resolve(path);
  const reason = whyNotUsable(nearestExisting(dirname(file))) ?? whyNotWritable(file);
  if (reason === null) return [ok('log-file', `${file} can be written and rotated.`)];
  return [
    fail(
      'log-file',
      `${file} can't be written: ${reason}.`,
      'Give this user the right to write the file and its directory, or set LOG_FILE to another.',
    ),
  ];
}

function whyNotWritable(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    if (!statSync(file).isFile()) return `${file} is not a file`;
    accessSync(file, constants.W_OK);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
