import type { AccountTokenRepository } from '@microblog/core';
import type { Database } from '../database.ts';
import { toAccountToken } from '../models/account-token-row.ts';

export function accountTokenRepository(database: Database): AccountTokenRepository {
  return {
    async insert({ hash, userId, purpose, email, expiresAt }) {
      await database.write(({ accountTokens }) =>
        accountTokens().insert({ hash, userId, purpose, email, expiresAt }),
      );
    },
    async find(hash, purpose) {
      const row = await database.read(({ accountTokens }) => accountTokens().findOne({ hash, purpose }));
      return row === undefined ? null : toAccountToken(row);
    },
    async take(hash, purpose) {
      const [row] = await database.write(({ accountTokens }) =>
        accountTokens().delete().where({ hash, purpose }).returning('*'),
      );
      return row === undefined ? null : toAccountToken(row);
    },
    async listByUser(userId, purpose) {
      const rows = await database.read(({ accountTokens }) =>
        accountTokens().where({ user_id: userId, purpose }).orderBy('expires_at', 'desc'),
      );
      return rows.map(toAccountToken);
    },
    async deleteByUser(userId, purpose) {
      await database.write(({ accountTokens }) =>
        accountTokens().delete().where({ user_id: userId, purpose }),
      );
    },
    async deleteExpired(at) {
      const deleted = await database.write(({ accountTokens }) =>
        // Others delete tokens in other orders: who waits for none of them can't wait for ever.
        accountTokens()
          .delete()
          .whereIn(
            'hash',
            accountTokens().select('hash').where('expires_at', '<', at).forUpdate().skipLocked(),
          )
          .returning('hash'),
      );
      return deleted.length;
    },
  };
}
