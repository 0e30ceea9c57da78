import { storageNotEmpty } from '../archive/archive-faults.ts';
import type { ArchiveStorage } from '../ports/archive-storage.ts';
import type { Repositories, Storage, Transaction } from '../ports/storage.ts';
import { contentOf, tablesOf } from './memory-archive.ts';
import { memoryRepositories } from './memory-repositories.ts';
import { copyTables, emptyTables } from './tables.ts';

/**
 * Keeps everything in the memory of the process, for tests and small scripts; it is gone with the process.
 * Writers take turns: a transaction works on a copy of the tables, which takes the place of the original
 * when it ends well, so that nobody sees half of it.
 */
export function memoryStorage(): Storage & ArchiveStorage {
  let committed = emptyTables();
  let lastTurn: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(write: () => Promise<Result>): Promise<Result> {
    const turn = lastTurn.then(write);
    lastTurn = turn.catch(() => {});
    return turn;
  }

  function transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inTurn(async () => {
      const draft = copyTables(committed);
      const { repositories, failure } = endedByFirstError(memoryRepositories(() => draft));
      const acts: (() => void)[] = [];
      const result = await work({ ...repositories, afterCommit: (act) => void acts.push(act) });
      const failed = failure();
      if (failed !== undefined) throw failed.error;
      committed = draft;
      for (const act of acts) act();
      return result;
    });
  }

  const reader = memoryRepositories(() => committed);
  /** A single write is a transaction of its own. */
  const alone =
    <Args extends unknown[], Result>(write: (r: Repositories) => (...args: Args) => Promise<Result>) =>
    (...args: Args) =>
      transaction((repositories) => write(repositories)(...args));

  return {
    users: {
      ...reader.users,
      insert: alone((r) => r.users.insert),
      insertMany: alone((r) => r.users.insertMany),
      update: alone((r) => r.users.update),
      delete: alone((r) => r.users.delete),
      markSeen: alone((r) => r.users.markSeen),
    },
    posts: {
      ...reader.posts,
      insert: alone((r) => r.posts.insert),
      delete: alone((r) => r.posts.delete),
    },
    follows: {
      ...reader.follows,
      insert: alone((r) => r.follows.insert),
      delete: alone((r) => r.follows.delete),
      claimMail: alone((r) => r.follows.claimMail),
      forgetMails: alone((r) => r.follows.forgetMails),
    },
    credentials: { ...reader.credentials, save: alone((r) => r.credentials.save) },
    identities: {
      ...reader.identities,
      insert: alone((r) => r.identities.insert),
      update: alone((r) => r.identities.update),
      delete: alone((r) => r.identities.delete),
    },
    accountTokens: {
      ...reader.accountTokens,
      insert: alone((r) => r.accountTokens.insert),
      take: alone((r) => r.accountTokens.take),
      deleteByUser: alone((r) => r.accountTokens.deleteByUser),
      deleteExpired: alone((r) => r.accountTokens.deleteExpired),
    },
    translations: { ...reader.translations, save: alone((r) => r.translations.save) },
    transaction,
    // What is committed is never changed in place.
    snapshot: async (work) => work(contentOf(committed)),
    load: (content, { replace = false } = {}) =>
      inTurn(async () => {
        if (!replace && committed.users.size > 0) throw storageNotEmpty();
        committed = await tablesOf(content);
      }),
    close: async () => {},
  };
}

/** Remembers the first error of any call, as a database does whose transaction is aborted by it. */
function endedByFirstError(repositories: Repositories) {
  let first: { readonly error: unknown } | undefined;
  const watch = <Repository extends object>(repository: Repository): Repository =>
    Object.fromEntries(
      Object.entries(repository).map(([name, call]) => [
        name,
        async (...args: unknown[]) => {
          if (first !== undefined) throw first.error;
          try {
            return await call(...args);
          } catch (error) {
            first = { error };
            throw error;
          }
        },
      ]),
    ) as Repository;
  return {
    repositories: {
      users: watch(repositories.users),
      posts: watch(repositories.posts),
      follows: watch(repositories.follows),
      credentials: watch(repositories.credentials),
      accountTokens: watch(repositories.accountTokens),
      identities: watch(repositories.identities),
      translations: watch(repositories.translations),
    },
    failure: () => first,
  };
}
