import { compareIds } from '../kernel/ids.ts';
import { type Page, type PageRequest, pageOf } from '../kernel/page.ts';

/** The rows that a database would read for `pageOf`: one more than the limit. */
export function pageOfRows<Row extends { readonly id: string }>(
  rows: Iterable<Row>,
  request: PageRequest,
): Page<Row> {
  const { before, after, limit } = request;
  const inside = [...rows].filter(
    (row) =>
      (before === undefined || compareIds(row.id, before) < 0) &&
      (after === undefined || compareIds(row.id, after) > 0),
  );
  inside.sort((a, b) => (after === undefined ? compareIds(b.id, a.id) : compareIds(a.id, b.id)));
  return pageOf(inside.slice(0, limit + 1), request);
}
