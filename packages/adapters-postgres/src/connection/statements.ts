import { callIsolated, type Logger } from '@microblog/core';
import type { Knex } from 'knex';

/** One statement that ran, successful or failed. BEGIN, COMMIT and the like are excluded. */
export interface Statement {
  /** With `$1`, `$2` in place of values, so it is safe to log. */
  readonly sql: string;
  readonly milliseconds: number;
  /** The values in order. They may contain texts of users or a password hash. */
  bindings(): readonly unknown[];
}

interface RunningQuery {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  readonly __knexQueryUid?: string;
}

/** Reports one statement that ran. */
export type ReportStatement = (statement: Statement) => void;

/**
 * Calls `observe` for each statement. Logs what it throws, since the statement has already run. Null without an
 * observer: then statements are not measured.
 */
export function reportTo(observe: ReportStatement | undefined, logger: Logger): ReportStatement | null {
  if (observe === undefined) return null;
  return (statement) =>
    callIsolated(
      () => observe(statement),
      (err) => logger.error({ err }, 'an observer of statements failed'),
    );
}

/**
 * Calls `report` after each statement of this knex instance and its transactions, in the asynchronous context of the
 * caller.
 */
export function observeStatements(knex: Knex, report: ReportStatement): void {
  const started = new Map<string, number>();
  const finish = (query: RunningQuery) => {
    const uid = query.__knexQueryUid;
    const start = uid === undefined ? undefined : started.get(uid);
    if (uid === undefined || start === undefined) return;
    started.delete(uid);
    const { sql, bindings = [] } = query;
    report({ sql, milliseconds: performance.now() - start, bindings: () => bindings });
  };
  knex.on('query', ({ __knexQueryUid: uid }: RunningQuery) => {
    if (uid !== undefined) started.set(uid, performance.now());
  });
  knex.on('query-response', (_response: unknown, query: RunningQuery) => finish(query));
  knex.on('query-error', (_error: unknown, query: RunningQuery) => finish(query));
}
