import type { PGlite, Results, Transaction } from '@electric-sql/pglite';
import type { Knex } from 'knex';
import ClientPGlite from 'knex-pglite';

type QueryOptions = Parameters<PGlite['query']>[2];
type Ending = 'commit' | 'rollback';

interface OpenTransaction {
  readonly inside: Transaction;
  end(how: Ending): void;
  readonly ended: Promise<void>;
}

const nothing: Results<never> = { rows: [], fields: [], affectedRows: 0 };

/**
 * The connection object for knex. A PGlite has one session, and the host application or another storage may use it too.
 * So each knex transaction runs inside `PGlite.transaction`, which blocks the others. With a plain BEGIN, statements of
 * others could get into the transaction, and a ROLLBACK would undo them.
 */
class PGliteConnection {
  readonly #pglite: PGlite;
  #transaction: OpenTransaction | null = null;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async query(sql: string, values?: unknown[], options?: QueryOptions): Promise<Results<unknown>> {
    const begin = /^BEGIN(?: (TRANSACTION .+))?;$/.exec(sql);
    if (begin !== null) return this.#begin(begin[1]);
    if (this.#transaction === null) return this.#pglite.query(sql, values, options);
    if (sql === 'COMMIT;') return this.#end(this.#transaction, 'commit');
    if (sql === 'ROLLBACK') return this.#end(this.#transaction, 'rollback');
    return this.#transaction.inside.query(sql, values, options);
  }

  /** The code that opened PGlite closes it, not knex. */
  async close(): Promise<void> {}

  async #begin(mode: string | undefined): Promise<Results<unknown>> {
    const opened = Promise.withResolvers<Transaction>();
    const ending = Promise.withResolvers<Ending>();
    const ended = this.#pglite.transaction(async (inside) => {
      opened.resolve(inside);
      if ((await ending.promise) === 'rollback') await inside.rollback();
    });
    ended.catch(opened.reject);
    const inside = await opened.promise;
    this.#transaction = { inside, end: ending.resolve, ended };
    if (mode !== undefined) await inside.query(`SET ${mode}`);
    return nothing;
  }

  async #end(transaction: OpenTransaction, how: Ending): Promise<Results<unknown>> {
    this.#transaction = null;
    transaction.end(how);
    await transaction.ended;
    return nothing;
  }
}

/** A knex dialect that uses `pglite` and never closes it. */
export function pgliteDialect(pglite: PGlite): typeof Knex.Client {
  return class extends ClientPGlite {
    async _acquireOnlyConnection(): Promise<PGliteConnection> {
      await pglite.waitReady;
      return new PGliteConnection(pglite);
    }
  };
}
