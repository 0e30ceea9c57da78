import { z } from 'zod';
import type { Credential, CredentialRepository } from '../../accounts/credential.ts';
import { archivedId, archivedText, archivedTime } from '../../archive/archive-fields.ts';
import type { UserId } from '../../kernel/ids.ts';
import type { RepositoryTable } from '../table.ts';

export const credentials: RepositoryTable<Credential, CredentialRepository, 'save', Credential> = {
  key: ({ userId }) => userId,
  belongsTo: { users: ({ userId }) => [userId] },
  archive: {
    since: 1,
    orderBy: 'userId',
    schema: z.strictObject({
      userId: archivedId<UserId>(),
      passwordHash: archivedText,
      changedAt: archivedTime,
    }),
    toRow: (record) => record,
  },
  reads: (rows) => ({
    find: async (userId) => rows().credentials.get(userId) ?? null,
  }),
  writes: (store) => ({
    save: async (credential) => store.save('credentials', credential),
  }),
};
