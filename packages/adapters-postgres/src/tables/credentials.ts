import type { Credential, CredentialRepository, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import { userNotFound } from './constraint-meanings.ts';
import type { Database } from './database.ts';
import type { RepositoryTable } from './table.ts';

export class CredentialRow extends Model {
  static override readonly tableName = 'credentials';
  static override readonly idColumn = 'user_id';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare userId: UserId;
  declare passwordHash: string;
  declare changedAt: Date;
}

function toCredential({ userId, passwordHash, changedAt }: CredentialRow): Credential {
  return { userId, passwordHash, changedAt };
}

export const credentials: RepositoryTable<'credentials', CredentialRow> = {
  name: 'credentials',
  row: CredentialRow,
  repository: credentialRepository,
  constraints: { credentials_pkey: null, credentials_user_fkey: userNotFound },
  archive: {
    key: 'user_id',
    columns: {
      userId: ['user_id', 'bigint'],
      passwordHash: ['password_hash', 'text'],
      changedAt: ['changed_at', 'timestamptz'],
    },
  },
};

function credentialRepository(database: Database): CredentialRepository {
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
