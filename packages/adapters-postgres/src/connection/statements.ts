import { callIsolated, type Logger } from '@microblog/core';
import type { Knex } from 'knex';

/** One statement that ran, failed ones too. BEGIN, COMMIT and the like are not among them. */
export interface Statement {
  /** With `$1`, `$2` in place of the values, so that it may be logged. */
  readonly sql: string;
  readonly milliseconds: number;
  /** The values in their order; they may be anything that people wrote, or a password's hash. */
  bindings(): readonly unknown[];
}

interface RunningQuery {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  readonly __knexQueryUid?: string;
}

/**
 * Calls `observe` after each statement of this knex instance and its transactions, in the asynchronous context of the
 * caller who ran it. What it throws goes to the log: the statement has run.
 */
export function observeStatements(knex: Knex, observe: (statement: Statement) => void, logger: Logger): void {
  const started = new Map<string, number>();
  const finish = (query: RunningQuery) => {
    const uid = query.__knexQueryUid;
    const start = uid === undefined ? undefined : started.get(uid);
    if (uid === undefined || start === undefined) return;
    started.delete(uid);
    const { sql, bindings = [] } = query;
    const statement = { sql, milliseconds: performance.now() - start, bindings: () => bindings };
    callIsolated(
      () => observe(statement),
      (err) => logger.error({ err }, 'an observer of statements failed'),
    );
  };
  knex.on('query', ({ __knexQueryUid: uid }: RunningQuery) => {
    if (uid !== undefined) started.set(uid, performance.now());
  });
  knex.on('query-response', (_response: unknown, query: RunningQuery) => finish(query));
  knex.on('query-error', (_error: unknown, query: RunningQuery) => finish(query));
}
