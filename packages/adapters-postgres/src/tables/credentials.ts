import type { Credential, CredentialRepository, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import type { Database } from '../database.ts';

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

export function credentialRepository(database: Database): CredentialRepository {
  return {
    async find(userId) {
      const row = await database.read(({ credentials }) => credentials().findById(userId));
      return row === undefined ? null : toCredential(row);
    },
    async save({ userId, passwordHash, changedAt }) {
      await database.write(({ credentials }) =>
        credentials().insert({ userId, passwordHash, changedAt }).onConflict('user_id').merge(),
      );
    },
  };
}
