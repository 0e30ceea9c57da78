import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { until } from './until.ts';

/**
 * The path of a file or folder that the first test of a run makes and all others share. `make` writes to the given
 * path.
 */
export async function madeOnce(name: string, make: (path: string) => Promise<void>): Promise<string> {
  const path = join(inject('sharedFolder'), name);
  const claim = `${path}.claim`;
  if (!existsSync(path) && (await isFirst(claim))) {
    try {
      await make(`${path}.new`);
      await rename(`${path}.new`, path);
    } catch (error) {
      await rm(claim, { recursive: true });
      throw error;
    }
  }
  await until(() => existsSync(path));
  return path;
}

/** Only one process can make a folder. */
async function isFirst(claim: string): Promise<boolean> {
  try {
    await mkdir(claim);
    return true;
  } catch {
    return false;
  }
}
