import type { Identity, IdentityId, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';

export class IdentityRow extends Model {
  static override readonly tableName = 'identities';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: IdentityId;
  declare userId: UserId;
  declare issuer: string;
  declare subject: string;
  declare nickname: string | null;
  declare email: string | null;
  declare avatarUrl: string | null;
  declare locale: string | null;
  declare createdAt: Date;
}

export function toIdentity(row: IdentityRow): Identity {
  return {
    id: row.id,
    userId: row.userId,
    issuer: row.issuer,
    subject: row.subject,
    nickname: row.nickname,
    email: row.email,
    avatarUrl: row.avatarUrl,
    locale: row.locale,
    createdAt: row.createdAt,
  };
}
