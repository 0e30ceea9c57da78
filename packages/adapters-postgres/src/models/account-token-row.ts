import type { AccountToken, TokenPurpose, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';

export class AccountTokenRow extends Model {
  static override readonly tableName = 'account_tokens';
  static override readonly idColumn = 'hash';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare hash: string;
  declare userId: UserId;
  declare purpose: TokenPurpose;
  declare email: string;
  declare expiresAt: Date;
}

export function toAccountToken({ hash, userId, purpose, email, expiresAt }: AccountTokenRow): AccountToken {
  return { hash, userId, purpose, email, expiresAt };
}
