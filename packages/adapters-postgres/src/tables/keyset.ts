import { mapPage, type Page, type PageRequest, pageOf } from '@microblog/core';
import type { Model, QueryBuilder } from 'objection';

/** The direction in which a page is read: newest first, except after a cursor. */
export function direction(page: PageRequest): 'asc' | 'desc' {
  return page.after === undefined ? 'desc' : 'asc';
}

/** Limits a query to one page plus one row. The extra row shows that the list goes on. */
export function keyset<Row extends Model, Result>(
  query: QueryBuilder<Row, Result>,
  page: PageRequest,
  idColumn = 'id',
): QueryBuilder<Row, Result> {
  const { limit, before, after } = page;
  if (after !== undefined) query.where(idColumn, '>', after);
  else if (before !== undefined) query.where(idColumn, '<', before);
  query.orderBy(idColumn, direction(page)).limit(limit + 1);
  return query;
}

/** Reads one page of a list. */
export async function readPage<Row extends Model & { readonly id: string }, Item>(
  query: QueryBuilder<Row, Row[]>,
  page: PageRequest,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> {
  return mapPage(pageOf(await keyset(query, page), page), toItem);
}
