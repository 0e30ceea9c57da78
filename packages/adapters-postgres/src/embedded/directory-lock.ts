import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { MicroblogError } from '@microblog/core';
import { unwritable } from './storage-directory.ts';

/** The exclusive right to use a directory. */
export interface DirectoryLock {
  release(): void;
}

const SQLITE_BUSY = 5;

// Why: docs/decisions/0007-embedded-database-lock.md
/**
 * Locks a directory by an exclusive transaction on an SQLite file next to it, `<directory>.lock`. The operating system
 * releases the lock when the process ends in any way. It also works between containers on one machine, where process
 * ids are not unique. A second file, `<directory>.lock.pid`, only names the holder.
 * @throws {MicroblogError} `storage_locked` if this or another process holds the lock; `storage_unwritable`.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const { DatabaseSync } = loadSqlite();
  const pidFile = `${directory}.lock.pid`;
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    database = new DatabaseSync(`${directory}.lock`, { timeout: 0 });
    // Nothing is ever written to it, so it needs no journal on disk.
    database.exec('pragma journal_mode = memory; begin exclusive');
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    database?.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) {
      throw locked(directory, holder(pidFile), error);
    }
    throw unwritable(directory, error);
  }
  return {
    release() {
      rmSync(pidFile, { force: true });
      database.close();
    },
  };
}

function holder(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isNaN(pid) ? null : pid;
  } catch {
    // It is locked, but the process id is not written yet.
    return null;
  }
}

function locked(directory: string, pid: number | null, cause: Error): MicroblogError<'storage_locked'> {
  const who =
    pid === null ? 'another process' : pid === process.pid ? `this process (${pid})` : `process ${pid}`;
  const remedy = 'Stop it first, or set DATABASE_URL to a Postgres server, which many processes can share.';
  return new MicroblogError('storage_locked', `The database in ${directory} is in use by ${who}. ${remedy}`, {
    details: { directory, pid, remedy },
    cause,
  });
}

/** Node 22 warns on the terminal, while loading the module, that its SQLite is experimental. */
function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
