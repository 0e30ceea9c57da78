import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { MicroblogError } from '@microblog/core';

/**
 * Makes the directory where it is missing. Returns its true path, the same for all who come by links.
 * @throws {MicroblogError} `storage_unwritable`.
 */
export function prepareDirectory(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return realpathSync(directory);
  } catch (error) {
    throw unwritable(directory, error);
  }
}

/**
 * Opens a database in the directory by `open`, which creates it where the directory is empty. A process that
 * is killed while it creates one leaves half a database, which never opens again; the marker `<directory>.new`
 * tells such a one, which holds nothing yet, and it is begun anew. Call it under the directory's lock.
 * @throws {MicroblogError} `storage_unwritable`; `storage_failed` for a directory with other things in it; and
 * whatever `open` throws.
 */
export async function createOrOpen<Opened>(directory: string, open: () => Promise<Opened>): Promise<Opened> {
  const marker = `${directory}.new`;
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    if (existsSync(marker)) rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (readdirSync(directory).length === 0) writeFileSync(marker, '');
  } catch (error) {
    throw unwritable(directory, error);
  }
  // Whatever lies there is somebody's: without the marker, nothing is ever removed.
  if (!existsSync(marker) && !existsSync(join(directory, 'PG_VERSION'))) {
    throw new MicroblogError(
      'storage_failed',
      `${directory} holds other things than a database. Name an empty or a new directory (DATA_DIR).`,
      { details: { path: directory } },
    );
  }
  const opened = await open();
  rmSync(marker, { force: true });
  return opened;
}

export function unwritable(directory: string, cause: unknown): MicroblogError<'storage_unwritable'> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const remedy = 'Give this user the right to write there, or name another directory (DATA_DIR).';
  return new MicroblogError('storage_unwritable', `Can't write to ${directory}: ${reason}. ${remedy}`, {
    details: { path: directory, remedy },
    cause,
  });
}
