import type { Reader } from '@microblog/core';
import type { Model, QueryBuilder } from 'objection';
import type { Models } from './models.ts';

/**
 * Narrows a query to what the reader may read: the twin of core's `mayRead`, to which the storage contract holds it.
 * `author` is the column with the id of the author. Every list and count of posts goes through here.
 */
export function readableBy<Row extends Model, Result>(
  { schema }: Pick<Models, 'schema'>,
  reader: Reader,
  query: QueryBuilder<Row, Result>,
  author = 'posts.author_id',
): QueryBuilder<Row, Result> {
  if (reader.readsSuspended) return query;
  // Text, since a second query builder for each list takes longer than the condition in the database.
  query.whereRaw(
    `not exists (select from "${schema}".users as suspended
      where suspended.id = ?? and suspended.suspended_at is not null)`,
    [author],
  );
  return query;
}
