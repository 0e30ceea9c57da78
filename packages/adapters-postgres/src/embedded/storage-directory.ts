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
 * Makes the directory, for its owner alone, where it is missing, and those above it. Returns its true path,
 * the same for all who come by links.
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

/** Whether a database was made in the directory before. Makes nothing. */
export function holdsDatabase(directory: string): boolean {
  return existsSync(join(directory, 'PG_VERSION')) && !existsSync(`${directory}.new`);
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
    makeDirectories(directory);
    // The database's own files are open to everybody; the directory is what keeps others out.
    chmodSync(directory, 0o700);
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

/** One by one: Node's `recursive` never ends where a parent takes no directory but says that it is missing (/proc). */
function makeDirectories(directory: string): void {
  if (existsSync(directory)) return;
  makeDirectories(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

export function unwritable(directory: string, cause: unknown): MicroblogError<'storage_unwritable'> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const remedy = 'Give this user the right to write there, or name another directory (DATA_DIR).';
  return new MicroblogError('storage_unwritable', `Can't write to ${directory}: ${reason}. ${remedy}`, {
    details: { path: directory, remedy },
    cause,
  });
}
