import type { PageRequest, Reader } from '@microblog/core';
import { type HotRow, type HotStatement, type HotValue, hotRead } from '../connection/hot-statement.ts';
import { readableBy } from './readable-by.ts';

/** The parts of a list's statement that depend on the page and on the reader. */
export interface PageParts {
  /** The schema, quoted. */
  readonly schema: string;
  /** The condition that an id lies beyond the cursor: `true` without a cursor. */
  beyond(id: string): string;
  /** The condition that the reader may read posts of an author; the twin of core's `mayRead`. */
  readable(author: string): string;
  /** The direction of the order by id: newest first, except after a cursor. */
  readonly order: 'asc' | 'desc';
  /** Limits a part of the statement, see `PLANNED_ROWS`. */
  readonly limit: string;
}

/**
 * Postgres may plan a prepared statement once for all values. Then it does not know the limit and supposes a tenth of
 * all rows, for which it would sort whole tables. So each limit `$1` stands behind a written one, which no page exceeds.
 */
const PLANNED_ROWS = 201;

/**
 * The statements of one list. Each direction and each kind of reader has its own text: a condition for all of them at
 * once could not use an index. `$1` is the limit. `cursor` is the last value, and missing on the newest page.
 */
export function pagedStatement<Values extends readonly HotValue[], Row extends HotRow>(
  cursor: `$${number}`,
  text: (parts: PageParts) => string,
): (page: PageRequest, reader: Reader) => HotStatement<Values, Row> {
  const statementOf = (comparison: '<' | '>' | null, readsSuspended: boolean) =>
    hotRead<Values, Row>((schema) =>
      text({
        schema,
        beyond: (id) => (comparison === null ? 'true' : `${id} ${comparison} ${cursor}::bigint`),
        readable: (author) => (readsSuspended ? 'true' : readableBy(schema, author)),
        order: comparison === '>' ? 'asc' : 'desc',
        limit: `limit ${PLANNED_ROWS}`,
      }),
    );
  const statements = [false, true].map((readsSuspended) => ({
    newest: statementOf(null, readsSuspended),
    before: statementOf('<', readsSuspended),
    after: statementOf('>', readsSuspended),
  })) as [Statements<Values, Row>, Statements<Values, Row>];
  return ({ before, after }, { readsSuspended }) => {
    const { newest, before: older, after: newer } = statements[readsSuspended ? 1 : 0];
    return after !== undefined ? newer : before !== undefined ? older : newest;
  };
}

interface Statements<Values extends readonly HotValue[], Row extends HotRow> {
  readonly newest: HotStatement<Values, Row>;
  readonly before: HotStatement<Values, Row>;
  readonly after: HotStatement<Values, Row>;
}
