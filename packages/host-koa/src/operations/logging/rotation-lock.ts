/**
 * Runs `work` while no other process runs it for the same lock file. If another process does, returns false at once.
 * The lock is an exclusive transaction on an SQLite file that is never written to. The system releases it when the
 * process ends for any reason, so that no stale lock remains.
 * @throws what `work` throws, and if the lock file cannot be made.
 */
export function tryWithLock(lockFile: string, work: () => void): boolean {
  const { DatabaseSync } = loadSqlite();
  let database: InstanceType<typeof DatabaseSync> | undefined;
  try {
    database = new DatabaseSync(lockFile, { timeout: 0 });
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    database?.close();
    if (isBusy(error)) return false;
    throw error;
  }
  try {
    work();
    return true;
  } finally {
    database.close();
  }
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

/** Node 22 prints a warning that its SQLite is experimental when the module is loaded; this suppresses it. */
function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
