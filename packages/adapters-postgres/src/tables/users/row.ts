import type { Role, StoredSettings, User, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';

export class UserRow extends Model {
  static override readonly tableName = 'users';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: UserId;
  declare nickname: string;
  declare email: string | null;
  declare emailVerifiedAt: Date | null;
  declare aboutMe: string;
  declare avatarUrl: string | null;
  declare locale: string | null;
  declare settings: StoredSettings;
  declare role: Role;
  declare createdAt: Date;
  declare lastSeenAt: Date | null;
  declare suspendedAt: Date | null;
  declare sessionEpoch: number;
  declare followerCount: number;
  declare followingCount: number;
  declare postCount: number;
}

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    nickname: row.nickname,
    email: row.email,
    emailVerifiedAt: row.emailVerifiedAt,
    aboutMe: row.aboutMe,
    avatarUrl: row.avatarUrl,
    locale: row.locale,
    settings: row.settings,
    role: row.role,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    suspendedAt: row.suspendedAt,
    sessionEpoch: row.sessionEpoch,
    followerCount: row.followerCount,
    followingCount: row.followingCount,
    postCount: row.postCount,
  };
}
