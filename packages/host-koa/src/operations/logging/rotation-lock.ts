/**
 * Runs `work` while no other process runs it for the same lock file; where one does, returns false at once.
 * The lock is an exclusive transaction on an SQLite file in which nothing is ever written: the system drops
 * it with the process, however that ends, so that none is left behind.
 * @throws what `work` throws, and where the lock file cannot be made.
 */
export function whileAlone(lockFile: string, work: () => void): boolean {
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

/** Node 22 warns on the terminal that its SQLite is experimental; it says so while the module is loaded. */
function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
