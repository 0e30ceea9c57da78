import type { DatabaseSync } from 'node:sqlite';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { applyChange, type IndexChange } from './index-change.ts';
import { fileMoved, inodeOf, loadSqlite, type SqliteFailure, sqliteFailure } from './sqlite.ts';
import { LOCK_TIMEOUT_MS, type WriteAnswer, type WriteRequest } from './write-messages.ts';

/*
 * The thread that writes to the index file. It imports nothing of core, so that it starts at once and needs little
 * memory. The calling thread makes the file and replaces a damaged one.
 */

interface Opened {
  readonly database: DatabaseSync;
  readonly inode: bigint;
}

if (parentPort !== null) answerWrites(parentPort);

function answerWrites(port: MessagePort): void {
  let opened: Opened | undefined;
  let waiting: WriteRequest[] = [];

  function openFile({ path, inode }: WriteRequest): DatabaseSync {
    if (opened !== undefined && opened.inode === inode) return opened.database;
    closeFile();
    if (inodeOf(path) !== inode) throw fileMoved();
    const { DatabaseSync } = loadSqlite();
    const database = new DatabaseSync(path, { timeout: LOCK_TIMEOUT_MS });
    opened = { database, inode };
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    return database;
  }

  function closeFile(): void {
    const { database } = opened ?? {};
    opened = undefined;
    database?.close();
  }

  /** Writes in one transaction: all changes or none. */
  function write(request: WriteRequest, changes: readonly IndexChange[]): SqliteFailure | null {
    try {
      const database = openFile(request);
      database.exec('begin immediate');
      for (const change of changes) applyChange(database, change);
      database.exec('commit');
      return null;
    } catch (error) {
      // Also rolls back.
      closeFile();
      return sqliteFailure(error);
    }
  }

  /** Changes of one file that wait together are written together, since each transaction waits for the disk. */
  function writeWaiting(): void {
    while (waiting[0] !== undefined) {
      const [first] = waiting;
      const together = waiting.filter(({ inode }) => inode === first.inode);
      waiting = waiting.filter(({ inode }) => inode !== first.inode);
      const failure = write(
        first,
        together.map(({ change }) => change),
      );
      for (const { id } of together) port.postMessage({ id, failure } satisfies WriteAnswer);
    }
  }

  port.on('message', (request: WriteRequest | 'close') => {
    if (request === 'close') {
      writeWaiting();
      closeFile();
      port.close();
      return;
    }
    if (waiting.push(request) === 1) setImmediate(writeWaiting);
  });
}
