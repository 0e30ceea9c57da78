import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { systemFault } from './system-fault.ts';

/**
 * Runs `write` on a new file `path` that only this user may read. Until all is written, and has reached the
 * disk, it is `path.partial`, which goes when anything fails.
 * @throws {Error} in one line where `path` is there already (unless `force`), or can't be written.
 */
export async function createArchiveFile<Result>(
  path: string,
  { force }: { force: boolean },
  write: (sink: Writable) => Promise<Result>,
): Promise<Result> {
  if (existsSync(path) && !force) {
    throw new Error(`${path} is there already. Name another file, or add --force to replace it.`);
  }
  const partial = `${path}.partial`;
  try {
    // One that a killed process left.
    await rm(partial, { force: true });
    const file = await open(partial, 'wx', 0o600);
    const result = await write(file.createWriteStream({ flush: true }));
    await rename(partial, path);
    return result;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw systemFault(error, `Can't write ${path}`, 'Choose a place with room where you may write.');
  }
}
