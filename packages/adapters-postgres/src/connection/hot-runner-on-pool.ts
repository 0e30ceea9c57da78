import type { Logger } from '@microblog/core';
import type { Knex } from 'knex';
import type { PoolClient, QueryArrayConfig } from 'pg';
import type { HotRunner } from './hot-runner.ts';
import type { HotRow } from './hot-statement.ts';
import { textTypes } from './row-types.ts';
import type { ReportStatement } from './statements.ts';
import type { WatchedPool } from './watched-pool.ts';

export interface PoolRunnerNeeds {
  readonly pool: WatchedPool;
  /** False: every statement is parsed each time that it runs. */
  readonly prepared: boolean;
  readonly report: ReportStatement | null;
  readonly logger: Logger;
}

/**
 * Runs hot statements on a `pg` pool without knex, which builds and parses each statement anew. If connections turn out
 * not to keep prepared statements, no statement is prepared any more.
 */
export function hotRunnerOnPool({ pool, prepared, report, logger }: PoolRunnerNeeds): HotRunner {
  let prepares = prepared;

  async function send(client: PoolClient, query: QueryArrayConfig): Promise<readonly HotRow[]> {
    if (report === null) return rowsOf(client, query);
    const start = performance.now();
    try {
      return await rowsOf(client, query);
    } finally {
      const { text: sql, values = [] } = query;
      report({ sql, milliseconds: performance.now() - start, bindings: () => values });
    }
  }

  function stopPreparing({ message }: Error): void {
    // Statements that are on their way at the same time may fail too.
    if (!prepares) return;
    prepares = false;
    logger.warn(
      { reason: message },
      'connections lost their prepared statements, so none is prepared any more; if a pooler is the reason, let it support them (PgBouncer: max_prepared_statements), or set DATABASE_PREPARE=false',
    );
  }

  return async ({ name, text }, values, transaction) => {
    const query: QueryArrayConfig = { text, values: [...values], rowMode: 'array', types: textTypes.types };
    const held = transaction === null ? null : await clientOf(transaction);
    const client = held ?? (await pool.connect());
    try {
      if (!prepares) return await send(client, query);
      try {
        return await send(client, { ...query, name });
      } catch (error) {
        if (!isLostStatement(error)) throw error;
        stopPreparing(error);
        // The statement did not run. But Postgres accepts nothing more in a transaction after an error.
        if (held !== null) throw error;
        return await send(client, query);
      }
    } finally {
      // knex releases the connection of a transaction.
      if (held === null) client.release();
    }
  };
}

/** The connection of a knex transaction. */
async function clientOf(transaction: Knex.Transaction): Promise<PoolClient> {
  const { client } = transaction as { client: { acquireConnection(): PromiseLike<PoolClient> } };
  return client.acquireConnection();
}

/** With a callback: the time limit of statements needs it (`statement-limit.ts`). */
function rowsOf(client: PoolClient, query: QueryArrayConfig): Promise<readonly HotRow[]> {
  return new Promise((resolve, reject) => {
    client.query<(string | null)[]>(query, (error, result) => (error ? reject(error) : resolve(result.rows)));
  });
}

const INVALID_STATEMENT_NAME = '26000';
const DUPLICATE_STATEMENT = '42P05';
const NOT_SUPPORTED = '0A000';

/**
 * Whether the connection has lost a prepared statement, or has one of another client: a pooler gives a client another
 * connection for each transaction, and `DISCARD ALL` drops all statements. Also if a migration has changed the type of
 * a column since.
 */
function isLostStatement(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const { code, message } = error;
  if (code === NOT_SUPPORTED) return message.includes('cached plan');
  return code === INVALID_STATEMENT_NAME || code === DUPLICATE_STATEMENT;
}
