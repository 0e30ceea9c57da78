import { statSync } from 'node:fs';

/** Node 22 prints a warning that its SQLite is experimental when the module is loaded; this suppresses it. */
export function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Result codes of SQLite: https://www.sqlite.org/rescode.html. */
const [BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB] = [5, 6, 8, 10, 11, 13, 14, 26];
const READONLY_DBMOVED = 1032;
const IOERR_SHORT_READ = 522;

export type SqliteFault = 'busy' | 'damaged' | 'moved' | 'unwritable' | 'other';

/** Classifies an error thrown by a call of SQLite. */
export function sqliteFault(error: unknown): SqliteFault {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  if (code === READONLY_DBMOVED) return 'moved';
  if (code === IOERR_SHORT_READ) return 'damaged';
  const primary = code & 0xff;
  if (primary === BUSY || primary === LOCKED) return 'busy';
  if (primary === CORRUPT || primary === NOTADB) return 'damaged';
  if ([READONLY, IOERR, FULL, CANTOPEN].includes(primary)) return 'unwritable';
  return 'other';
}

/** An error of SQLite that can be sent to another thread. */
export interface SqliteFailure {
  readonly message: string;
  readonly errcode: number;
}

export function sqliteFailure(error: unknown): SqliteFailure {
  const { message, errcode } = error instanceof Error ? (error as Partial<SqliteFailure>) : {};
  return { message: message ?? String(error), errcode: errcode ?? 0 };
}

/** The error that SQLite threw in another thread. */
export function sqliteError({ message, errcode }: SqliteFailure): Error {
  return Object.assign(new Error(message), { errcode });
}

/** As SQLite's own error for a file that was replaced while it was open. */
export function fileMoved(): Error {
  return sqliteError({ message: 'the file was replaced', errcode: READONLY_DBMOVED });
}

/** Identifies the file at a path, also after another took its place; null if there is none. */
export function inodeOf(path: string): bigint | null {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}
