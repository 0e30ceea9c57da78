import type { Follow, FollowId, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';

export class FollowRow extends Model {
  static override readonly tableName = 'follows';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: FollowId;
  declare followerId: UserId;
  declare followedId: UserId;
  declare createdAt: Date;
  /** No column: what an insert says of itself. */
  declare inserted?: boolean;
}

export function toFollow({ id, followerId, followedId, createdAt }: FollowRow): Follow {
  return { id, followerId, followedId, createdAt };
}
