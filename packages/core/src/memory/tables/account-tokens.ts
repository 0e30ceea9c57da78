import type { AccountToken, AccountTokenRepository, TokenPurpose } from '../../accounts/account-token.ts';
import type { RepositoryTable } from '../table.ts';
import type { ReadonlyRows } from './index.ts';

export const accountTokens: RepositoryTable<
  AccountToken,
  AccountTokenRepository,
  'insert' | 'take' | 'deleteByUser' | 'deleteExpired'
> = {
  key: ({ hash }) => hash,
  belongsTo: { users: ({ userId }) => [userId] },
  // Tokens are valid for hours only; a user can ask for a new one.
  archive: null,
  reads: (rows) => ({
    find: async (hash, purpose) => find(rows(), hash, purpose),
    async listByUser(userId, purpose) {
      return [...rows().accountTokens.values()]
        .filter((token) => token.userId === userId && token.purpose === purpose)
        .sort((one, other) => other.expiresAt.getTime() - one.expiresAt.getTime());
    },
  }),
  writes: (store) => {
    const deleteIf = (matches: (token: AccountToken) => boolean): number => {
      const matching = [...store.rows.accountTokens.values()].filter(matches);
      for (const { hash } of matching) store.delete('accountTokens', hash);
      return matching.length;
    };
    return {
      insert: async (token) => store.save('accountTokens', token),
      async take(hash, purpose) {
        const token = find(store.rows, hash, purpose);
        if (token !== null) store.delete('accountTokens', hash);
        return token;
      },
      async deleteByUser(userId, purpose) {
        deleteIf((token) => token.userId === userId && token.purpose === purpose);
      },
      deleteExpired: async (at) => deleteIf(({ expiresAt }) => expiresAt < at),
    };
  },
};

function find({ accountTokens }: ReadonlyRows, hash: string, purpose: TokenPurpose): AccountToken | null {
  const token = accountTokens.get(hash);
  return token?.purpose === purpose ? token : null;
}
