import type { Post, PostId, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';

export class PostRow extends Model {
  static override readonly tableName = 'posts';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: PostId;
  declare authorId: UserId;
  declare body: string;
  declare language: string | null;
  declare createdAt: Date;
}

export function toPost({ id, authorId, body, language, createdAt }: PostRow): Post {
  return { id, authorId, body, language, createdAt };
}
