import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MicroblogError } from '@microblog/core';

/**
 * Creates the directory and its parents if missing. Only its owner can open it. Returns its real path, which is the
 * same for all links to it.
 * @throws {MicroblogError} `storage_unwritable`.
 */
export function prepareDirectory(directory: string): string {
  try {
    makeDirectories(resolve(directory));
    return realpathSync(directory);
  } catch (error) {
    throw unwritable(directory, error);
  }
}

/** Whether the directory contains a database. Creates nothing. */
export function holdsDatabase(directory: string): boolean {
  return existsSync(join(directory, 'PG_VERSION')) && !existsSync(`${directory}.new`);
}

/**
 * Opens the database in the directory with `open`, which creates it if the directory is empty. A process that is killed
 * during the creation leaves an incomplete database that never opens. The marker `<directory>.new` shows this case: the
 * database holds nothing yet and is created again. Call it under the lock of the directory.
 * @throws {MicroblogError} `storage_unwritable`; `storage_failed` for a directory with other files; and all errors of
 * `open`.
 */
export async function createOrOpen<Opened>(directory: string, open: () => Promise<Opened>): Promise<Opened> {
  const marker = `${directory}.new`;
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    if (existsSync(marker)) rmSync(directory, { recursive: true, force: true });
    makeDirectories(directory);
    // The database's own files are readable by all users. The mode of the directory keeps other users out.
    chmodSync(directory, 0o700);
    if (readdirSync(directory).length === 0) writeFileSync(marker, '');
  } catch (error) {
    throw unwritable(directory, error);
  }
  // Existing files may be valuable: without the marker, nothing is removed.
  if (!existsSync(marker) && !existsSync(join(directory, 'PG_VERSION'))) {
    throw new MicroblogError(
      'storage_failed',
      `${directory} contains files that are not a database. Choose an empty or a new directory (DATA_DIR).`,
      { details: { path: directory } },
    );
  }
  const opened = await open();
  rmSync(marker, { force: true });
  return opened;
}

/** One by one: Node's `recursive` never ends if a parent refuses a directory but reports that it is missing (/proc). */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process has created it meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

export function unwritable(directory: string, cause: unknown): MicroblogError<'storage_unwritable'> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const remedy = 'Give this user the right to write there, or choose another directory (DATA_DIR).';
  return new MicroblogError('storage_unwritable', `Can't write to ${directory}: ${reason}. ${remedy}`, {
    details: { path: directory, remedy },
    cause,
  });
}
