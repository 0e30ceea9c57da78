import type { CredentialRepository } from '@microblog/core';
import type { Database } from '../database.ts';
import { toCredential } from '../models/credential-row.ts';

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
