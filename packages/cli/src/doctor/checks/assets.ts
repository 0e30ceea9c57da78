import { accessSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, fail, ok } from '../finding.ts';

const BUILD =
  'Build them: npx -y pnpm@12 build. If the program was installed as a package, install it again.';

/** Checks the built style sheets, scripts and pictures in `directory`. */
export function checkAssets(directory: string): Finding {
  let files: string[];
  try {
    files = Object.values(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')));
  } catch {
    return fail('assets', 'The assets of the pages are not built.', BUILD);
  }
  const missing = files.filter((file) => !isReadable(join(directory, file)));
  if (missing.length > 0) {
    return fail(
      'assets',
      `Of the built assets, ${missing.length} can't be read: ${missing.join(', ')}.`,
      BUILD,
    );
  }
  return ok('assets', `${files.length} assets of the pages are built.`);
}

function isReadable(file: string): boolean {
  try {
    accessSync(file);
    return true;
  } catch {
    return false;
  }
}
