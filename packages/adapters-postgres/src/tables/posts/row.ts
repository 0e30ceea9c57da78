import type { AuthoredPost, PersonRecord, Post, PostId, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import { parseTimestamp } from '../../connection/row-types.ts';
import { type PersonFields, personColumns, toPersonRecord } from '../users/row.ts';

export class PostRow extends Model {
  static override readonly tableName = 'posts';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: PostId;
  declare authorId: UserId;
  declare body: string;
  declare language: string | null;
  declare createdAt: Date;
}

/** The columns of `post`, in the order of `PostFields`. */
export const postColumns = 'post.id, post.author_id, post.body, post.language, post.created_at';

/** The columns of `post` and its `author`, in the order of `AuthoredFields`. */
export const authoredColumns = `${postColumns}, ${personColumns('author')}`;

export type PostFields = readonly [
  id: PostId,
  authorId: UserId,
  body: string,
  language: string | null,
  createdAt: string,
];

export type AuthoredFields = readonly [...post: PostFields, ...author: PersonFields];

export function toPost([id, authorId, body, language, createdAt]: PostFields): Post {
  return { id, authorId, body, language, createdAt: parseTimestamp(createdAt) };
}

/** Posts of one author share the author's record. */
export function toAuthoredPosts(rows: readonly AuthoredFields[]): AuthoredPost[] {
  const authors = new Map<UserId, PersonRecord>();
  return rows.map(([id, authorId, body, language, createdAt, ...person]) => {
    const author = authors.get(authorId) ?? toPersonRecord(person);
    authors.set(authorId, author);
    return { post: toPost([id, authorId, body, language, createdAt]), author };
  });
}
