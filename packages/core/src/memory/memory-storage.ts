import { storageNotEmpty } from '../archive/archive-faults.ts';
import { callIsolated } from '../kernel/call-isolated.ts';
import { requireKnownOptions } from '../kernel/options.ts';
import type { ArchiveStorage } from '../ports/archive-storage.ts';
import { consoleLogger, type Logger } from '../ports/logger.ts';
import type { Storage, Transaction } from '../ports/storage.ts';
import { contentOf, rowsOf } from './memory-archive.ts';
import { committedRepositories, draftRepositories } from './memory-repositories.ts';
import { copyRows, emptyRows } from './store.ts';

/** Options of a storage in memory. All have defaults. */
export interface MemoryStorageOptions {
  /** Logs errors of `afterCommit` callbacks. Default: the console. */
  readonly logger?: Logger;
}

/**
 * Keeps everything in the memory of the process, for tests and small scripts. It is lost when the process ends. Writers
 * take turns: a transaction works on a copy of the rows, which replaces the original if the transaction succeeds. So
 * readers never see half of it. A single write is a transaction of its own.
 */
export function memoryStorage(options: MemoryStorageOptions = {}): Storage & ArchiveStorage {
  requireKnownOptions('memoryStorage', options, { logger: true });
  const { logger = consoleLogger } = options;
  let committed = emptyRows();
  let lastTurn: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(write: () => Promise<Result>): Promise<Result> {
    const turn = lastTurn.then(write);
    lastTurn = turn.catch(() => {});
    return turn;
  }

  function transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inTurn(async () => {
      const draft = copyRows(committed);
      const callbacks: (() => void)[] = [];
      const { repositories, throwFirst, end } = draftRepositories(draft);
      let result: Result;
      try {
        result = await work({ ...repositories, afterCommit: (callback) => void callbacks.push(callback) });
      } finally {
        await end();
      }
      throwFirst();
      committed = draft;
      for (const callback of callbacks) {
        callIsolated(callback, (err) => logger.error({ err }, 'an act after a commit failed'));
      }
      return result;
    });
  }

  return {
    ...committedRepositories(() => committed, transaction),
    transaction,
    // Committed rows are never changed in place.
    snapshot: async (work) => work(contentOf(committed)),
    load: (content, { replace = false } = {}) =>
      inTurn(async () => {
        if (!replace && committed.users.size > 0) throw storageNotEmpty();
        committed = await rowsOf(content);
      }),
    close: async () => {},
  };
}
