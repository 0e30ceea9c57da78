import type { Credential, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';

export class CredentialRow extends Model {
  static override readonly tableName = 'credentials';
  static override readonly idColumn = 'user_id';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare userId: UserId;
  declare passwordHash: string;
  declare changedAt: Date;
}

export function toCredential({ userId, passwordHash, changedAt }: CredentialRow): Credential {
  return { userId, passwordHash, changedAt };
}
