import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Logger, MicroblogError } from '@microblog/core';
import { fileWriter } from './file-writer.ts';
import type { IndexChange } from './index-change.ts';
import { inodeOf, loadSqlite, sqliteFault } from './sqlite.ts';
import { LOCK_TIMEOUT_MS } from './write-messages.ts';

/**
 * Raise it if older files could not be read, or if they hold other words than this version writes. 2: letters and digits
 * of Arabic and other scripts are folded.
 */
export const FILE_VERSION = 2;

/**
 * Words are separated by spaces. The tokenizer `ascii` treats every non-ASCII character as a letter, so words stay
 * as core made them, in all scripts. The prefix indexes limit the work for prefixes that many words share.
 */
const schema = `
  create virtual table posts using fts5(words, tags, tokenize = 'ascii', prefix = '2 3');
  create table state (
    posts integer not null,
    complete integer not null,
    reached text
  );
  insert into state values (0, 0, null);
  pragma user_version = ${FILE_VERSION};
`;

/** The index file, opened on first use. A missing, outdated or damaged file is rebuilt. */
export interface SearchFile {
  /** Runs `work`, which only reads, on the open file. If the file is damaged, runs it again on a new one. */
  use<Result>(work: (database: DatabaseSync) => Result): Result;
  /** Stores a change, in a thread of its own. If the file is damaged, stores it in a new one. */
  write(change: IndexChange): Promise<void>;
  /** Waits for the changes that are being stored. May be called twice. */
  close(): Promise<void>;
}

interface Opened {
  readonly database: DatabaseSync;
  /** The file that was opened, even if the path now names another. */
  readonly inode: bigint;
}

export function searchFile(path: string, logger: Logger): SearchFile {
  let opened: Opened | undefined;
  let closed = false;
  const writer = fileWriter();

  function open(): Opened | null {
    const { DatabaseSync } = loadSqlite();
    const inode = inodeOf(path);
    if (inode === null) return null;
    const database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
    try {
      const version = database.prepare('pragma user_version').get()?.user_version;
      if (version === FILE_VERSION && inodeOf(path) === inode) {
        database.exec('pragma journal_mode = wal; pragma synchronous = full');
        database.prepare('select * from state').get();
        return { database, inode };
      }
    } catch (error) {
      if (sqliteFault(error) !== 'damaged') {
        database.close();
        throw error;
      }
    }
    database.close();
    return null;
  }

  /** Replaces a file that could not be opened by an empty index. Of several processes, only one does so. */
  function rebuild(): Opened {
    const { DatabaseSync } = loadSqlite();
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const lock = new DatabaseSync(`${path}.lock`, { timeout: LOCK_TIMEOUT_MS });
    try {
      lock.exec('pragma journal_mode = memory; begin exclusive');
      const madeByAnother = open();
      if (madeByAnother !== null) return madeByAnother;
      const missing = inodeOf(path) === null;
      logger[missing ? 'info' : 'warn'](
        { file: path },
        missing
          ? 'search index created; jobs will fill it'
          : 'search index outdated or damaged; rebuilding it',
      );
      discard();
      const database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
      try {
        database.exec(`pragma journal_mode = wal; begin; ${schema} commit; pragma synchronous = full`);
      } catch (error) {
        database.close();
        throw error;
      }
      return { database, inode: inodeOf(path) ?? 0n };
    } finally {
      lock.close();
    }
  }

  function discard(): void {
    for (const part of ['', '-wal', '-shm']) rmSync(`${path}${part}`, { force: true });
  }

  function current(): Opened {
    if (closed) throw new MicroblogError('storage_unavailable', 'The search index is closed.');
    // The file may have been deleted or replaced meanwhile.
    if (opened !== undefined && inodeOf(path) !== opened.inode) closeFile();
    opened ??= open() ?? rebuild();
    return opened;
  }

  function closeFile(): void {
    const { database } = opened ?? {};
    opened = undefined;
    database?.close();
  }

  function use<Result>(work: (database: DatabaseSync) => Result): Result {
    let used: Opened | undefined;
    try {
      used = current();
      return work(used.database);
    } catch (error) {
      leave(error, used);
    }
    try {
      return work(current().database);
    } catch (error) {
      throw failed(error, path);
    }
  }

  async function write(change: IndexChange): Promise<void> {
    let used: Opened | undefined;
    try {
      used = current();
      return await writer.write({ path, inode: used.inode }, change);
    } catch (error) {
      leave(error, used);
    }
    try {
      await writer.write({ path, inode: current().inode }, change);
    } catch (error) {
      throw failed(error, path);
    }
  }

  /**
   * Closes the file that was used, so that the next call opens another one.
   * @throws {MicroblogError} if another file would not help.
   */
  function leave(error: unknown, used: Opened | undefined): void {
    const fault = sqliteFault(error);
    if (fault !== 'damaged' && fault !== 'moved') throw failed(error, path);
    // Another caller may have opened a new file meanwhile.
    if (opened === used) closeFile();
    // Another process may have replaced it already.
    if (fault === 'damaged' && inodeOf(path) === used?.inode) removeDamaged();
  }

  /** A file can open without an error and still be damaged inside: delete it, so that it is not opened again. */
  function removeDamaged(): void {
    rmSync(path, { force: true });
    logger.warn({ file: path }, 'search index damaged; rebuilding it');
  }

  return {
    use,
    write,
    async close() {
      closed = true;
      closeFile();
      await writer.close();
    },
  };
}

function failed(error: unknown, path: string): unknown {
  if (error instanceof MicroblogError) return error;
  const fault = sqliteFault(error);
  const text = error instanceof Error ? error.message : String(error);
  const details = { file: path };
  if (fault === 'busy') {
    const message = `The search index ${path} is busy: ${text}. Try again.`;
    return new MicroblogError('storage_unavailable', message, { cause: error, details });
  }
  if (fault === 'unwritable' || (error instanceof Error && 'syscall' in error)) {
    const message = `The search index ${path} cannot be written: ${text}. Check the directory and the room on the disk.`;
    return new MicroblogError('storage_unwritable', message, { cause: error, details });
  }
  return new MicroblogError('storage_failed', `The search index ${path} failed: ${text}.`, {
    cause: error,
    details,
  });
}
