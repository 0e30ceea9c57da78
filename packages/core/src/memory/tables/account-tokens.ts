import type { AccountTokenRepository } from '../../accounts/account-token.ts';
import { requireUser, type Tables } from '../tables.ts';

export function memoryAccountTokens(tables: () => Tables): AccountTokenRepository {
  const find: AccountTokenRepository['find'] = async (hash, purpose) => {
    const token = tables().accountTokens.get(hash);
    return token?.purpose === purpose ? token : null;
  };
  const deleteWhere = (matches: (hash: string) => boolean): number => {
    const hashes = [...tables().accountTokens.keys()].filter(matches);
    for (const hash of hashes) tables().accountTokens.delete(hash);
    return hashes.length;
  };
  return {
    find,
    async insert(token) {
      requireUser(tables(), token.userId);
      tables().accountTokens.set(token.hash, token);
    },
    async take(hash, purpose) {
      const token = await find(hash, purpose);
      if (token !== null) tables().accountTokens.delete(hash);
      return token;
    },
    async listByUser(userId, purpose) {
      return [...tables().accountTokens.values()]
        .filter((token) => token.userId === userId && token.purpose === purpose)
        .sort((one, other) => other.expiresAt.getTime() - one.expiresAt.getTime());
    },
    async deleteByUser(userId, purpose) {
      deleteWhere((hash) => {
        const token = tables().accountTokens.get(hash);
        return token?.userId === userId && token.purpose === purpose;
      });
    },
    async deleteExpired(at) {
      return deleteWhere((hash) => (tables().accountTokens.get(hash)?.expiresAt ?? at) < at);
    },
  };
}
