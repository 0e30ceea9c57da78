import type { AccountToken, AccountTokenRepository, TokenPurpose, UserId } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import { userNotFound } from './constraint-meanings.ts';
import type { Database } from './database.ts';
import type { RepositoryTable } from './table.ts';

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

function toAccountToken({ hash, userId, purpose, email, expiresAt }: AccountTokenRow): AccountToken {
  return { hash, userId, purpose, email, expiresAt };
}

export const accountTokens: RepositoryTable<'accountTokens', AccountTokenRow> = {
  name: 'account_tokens',
  row: AccountTokenRow,
  repository: accountTokenRepository,
  constraints: {
    account_tokens_pkey: null,
    account_tokens_user_fkey: userNotFound,
    account_tokens_purpose_known: null,
  },
  // Tokens are valid for hours only; a user can ask for a new one.
  archive: null,
};

function accountTokenRepository(database: Database): AccountTokenRepository {
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
        // Other calls delete tokens in other orders. Skipping locked rows avoids a deadlock with them.
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
