import type { Reader } from '@microblog/core';
import type { Model, QueryBuilder } from 'objection';
import type { Models } from './models.ts';

/**
 * Narrows a query to what the reader may read: the twin of core's `mayRead`, to which the storage contract holds it.
 * `author` is the column with the id of the author. Every list and count of posts goes through here.
 */
export function readableBy<Row extends Model, Result>(
  { users }: Pick<Models, 'users'>,
  reader: Reader,
  query: QueryBuilder<Row, Result>,
  author = 'posts.author_id',
): QueryBuilder<Row, Result> {
  if (reader.readsSuspended) return query;
  const suspended = users()
    .alias('suspended')
    .whereColumn('suspended.id', author)
    .whereNotNull('suspended.suspended_at');
  query.whereNotExists(suspended.select('suspended.id'));
  return query;
}
