import { z } from 'zod';
import { archivedId, archivedText, archivedTime } from '../../archive/archive-fields.ts';
import type { Identity, IdentityRepository, IdentityWithUser } from '../../identities/identity.ts';
import { MicroblogError } from '../../kernel/errors.ts';
import { compareIds, type IdentityId, type UserId } from '../../kernel/ids.ts';
import { idClash } from '../id-clash.ts';
import type { RepositoryTable } from '../table.ts';

export const identities: RepositoryTable<
  Identity,
  IdentityRepository,
  'insert' | 'update' | 'delete',
  Identity
> = {
  key: ({ issuer, subject }) => keyOf(issuer, subject),
  keyTaken: () => new MicroblogError('identity_taken', 'This identity already belongs to a user.'),
  unique: [{ of: ({ id }) => id, taken: idClash }],
  belongsTo: { users: ({ userId }) => [userId] },
  archive: {
    since: 2,
    orderBy: 'id',
    schema: z.strictObject({
      id: archivedId<IdentityId>(),
      userId: archivedId<UserId>(),
      issuer: archivedText,
      subject: archivedText,
      nickname: archivedText.nullable(),
      email: archivedText.nullable(),
      avatarUrl: archivedText.nullable(),
      locale: archivedText.nullable(),
      createdAt: archivedTime,
    }),
    toRow: (record) => record,
  },
  reads: (rows) => {
    const withUser = (issuer: string, subject: string): IdentityWithUser[] => {
      const identity = rows().identities.get(keyOf(issuer, subject));
      const user = identity === undefined ? undefined : rows().users.get(identity.userId);
      return identity === undefined || user === undefined ? [] : [{ identity, user }];
    };
    return {
      find: async (issuer, subject) => withUser(issuer, subject)[0] ?? null,
      findMany: async (issuer, subjects) =>
        [...new Set(subjects)].flatMap((subject) => withUser(issuer, subject)),
      async listByUser(userId) {
        const own = [...rows().identities.values()].filter((identity) => identity.userId === userId);
        return own.sort((a, b) => compareIds(b.id, a.id));
      },
    };
  },
  writes: (store) => ({
    async insert(all) {
      for (const identity of all) store.insert('identities', identity);
    },
    update: async (issuer, subject, changes) => store.update('identities', keyOf(issuer, subject), changes),
    delete: async (issuer, subject) => store.delete('identities', keyOf(issuer, subject)),
  }),
};

function keyOf(issuer: string, subject: string): string {
  return JSON.stringify([issuer, subject]);
}
