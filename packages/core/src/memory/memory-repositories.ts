import { MicroblogError } from '../kernel/errors.ts';
import type { Repositories } from '../ports/storage.ts';
import { type Store, storeOn } from './store.ts';
import { type ReadonlyRows, type Rows, tables } from './tables/index.ts';

/** The part of a table that makes its repository; see `RepositoryTable`. */
interface Binding<Repository> {
  reads(rows: () => ReadonlyRows): Partial<Repository>;
  writes(store: Store): Partial<Repository>;
}

/** Does not compile if a repository has no table. */
const bindings: { readonly [Name in keyof Repositories]: Binding<Repositories[Name]> } = tables;
const names = Object.keys(tables).filter(
  (name): name is keyof Repositories => 'reads' in tables[name as keyof typeof tables],
);

type Method = (...args: unknown[]) => Promise<unknown>;
type Methods = Readonly<Record<string, Method>>;
type RunInTransaction = <Result>(work: (inside: Repositories) => Promise<Result>) => Promise<Result>;

/** Repositories of committed rows. Each write runs in its own transaction. */
export function committedRepositories(rows: () => Rows, transaction: RunInTransaction): Repositories {
  return repositories((name) => {
    const { reads, writes } = bindings[name];
    // Only the names of these writes are used: each call needs the rows of its own transaction.
    const methods = Object.keys(writes(storeOn(rows())));
    const calls = methods.map((method): [string, Method] => [
      method,
      (...args) => transaction((inside) => methodOf(inside[name], method)(...args)),
    ]);
    return { ...reads(rows), ...Object.fromEntries(calls) };
  });
}

/**
 * Repositories of a transaction, and a function that ends it: a later call could change committed rows without a
 * transaction. `end` waits for the calls that still run. `throwFirst` throws the first error that any call threw.
 */
export function draftRepositories(draft: Rows) {
  const store = storeOn(draft);
  const running = new Set<Promise<unknown>>();
  let first: { readonly error: unknown } | undefined;
  let ended = false;
  const throwFirst = () => {
    if (first !== undefined) throw first.error;
  };
  async function attempt(call: Method, args: readonly unknown[]): Promise<unknown> {
    try {
      return await call(...args);
    } catch (error) {
      first ??= { error };
      throw first.error;
    }
  }
  /** As in a database, an error aborts the transaction. */
  const endedByFirstError =
    (call: Method): Method =>
    async (...args) => {
      if (ended) throw new MicroblogError('storage_failed', 'The transaction has ended.');
      throwFirst();
      const promise = attempt(call, args);
      running.add(promise);
      try {
        return await promise;
      } finally {
        running.delete(promise);
      }
    };
  return {
    throwFirst,
    async end() {
      while (running.size > 0) await Promise.allSettled(running);
      ended = true;
    },
    repositories: repositories((name) => {
      const { reads, writes } = bindings[name];
      const methods: object = { ...reads(() => draft), ...writes(store) };
      return Object.fromEntries(
        Object.entries(methods as Methods).map(([method, call]) => [method, endedByFirstError(call)]),
      );
    }),
  };
}

function repositories(methodsOf: (name: keyof Repositories) => object): Repositories {
  return Object.fromEntries(names.map((name) => [name, methodsOf(name)])) as unknown as Repositories;
}

function methodOf(repository: object, name: string): Method {
  return (repository as Methods)[name] as Method;
}
