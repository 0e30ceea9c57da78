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
