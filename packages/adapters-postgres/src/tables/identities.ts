import type {
  Identity,
  IdentityChanges,
  IdentityId,
  IdentityRepository,
  IdentityWithUser,
  UserId,
} from '@microblog/core';
import { MicroblogError } from '@microblog/core';
import { Model, snakeCaseMappers } from 'objection';
import { idClash, userNotFound } from './constraint-meanings.ts';
import type { Database } from './database.ts';
import type { RepositoryTable } from './table.ts';
import { toUser, type UserRow } from './users/row.ts';

export class IdentityRow extends Model {
  static override readonly tableName = 'identities';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: IdentityId;
  declare userId: UserId;
  declare issuer: string;
  declare subject: string;
  declare nickname: string | null;
  declare email: string | null;
  declare avatarUrl: string | null;
  declare locale: string | null;
  declare createdAt: Date;
}

function toIdentity(row: IdentityRow): Identity {
  return {
    id: row.id,
    userId: row.userId,
    issuer: row.issuer,
    subject: row.subject,
    nickname: row.nickname,
    email: row.email,
    avatarUrl: row.avatarUrl,
    locale: row.locale,
    createdAt: row.createdAt,
  };
}

export const identities: RepositoryTable<'identities', IdentityRow> = {
  name: 'identities',
  row: IdentityRow,
  repository: identityRepository,
  constraints: {
    identities_pkey: idClash,
    identities_user_fkey: userNotFound,
    identities_subject_key: () =>
      new MicroblogError('identity_taken', 'This identity already belongs to a user.'),
  },
  archive: {
    key: 'id',
    columns: {
      id: ['id', 'bigint'],
      userId: ['user_id', 'bigint'],
      issuer: ['issuer', 'text'],
      subject: ['subject', 'text'],
      nickname: ['nickname', 'text'],
      email: ['email', 'text'],
      avatarUrl: ['avatar_url', 'text'],
      locale: ['locale', 'text'],
      createdAt: ['created_at', 'timestamptz'],
    },
  },
};

/** A user row joined with the columns of an identity. */
type JoinedRow = UserRow & {
  readonly [Field in keyof Identity as `identity${Capitalize<Field>}`]: Identity[Field];
};

function identityRepository(database: Database): IdentityRepository {
  async function findMany(issuer: string, subjects: readonly string[]): Promise<IdentityWithUser[]> {
    if (subjects.length === 0) return [];
    const rows = await database.read(({ users }) =>
      users()
        .select('users.*', ...identityColumns)
        .join('identities', 'identities.user_id', 'users.id')
        .where('identities.issuer', issuer)
        .whereRaw('identities.subject = any(?::text[])', [subjects]),
    );
    return rows.map((row) => withUser(row as JoinedRow));
  }

  return {
    findMany,

    async find(issuer, subject) {
      return (await findMany(issuer, [subject]))[0] ?? null;
    },

    async insert(identities) {
      if (identities.length === 0) return;
      await database.write((models) => models.identities().insert(identities.map(newRow)));
    },

    async listByUser(userId) {
      const rows = await database.read((models) =>
        models.identities().where('user_id', userId).orderBy('id', 'desc'),
      );
      return rows.map(toIdentity);
    },

    async update(issuer, subject, changes) {
      const columns = changedColumns(changes);
      const [row] = await database.write((models) => {
        const found = models.identities().where({ issuer, subject });
        // An update must set at least one column.
        return Object.keys(columns).length === 0 ? found : found.patch(columns).returning('*');
      });
      return row === undefined ? null : toIdentity(row);
    },

    async delete(issuer, subject) {
      const deleted = await database.write((models) =>
        models.identities().delete().where({ issuer, subject }).returning('id'),
      );
      return deleted.length > 0;
    },
  };
}

const identityColumns = [
  ['id', 'identity_id'],
  ['user_id', 'identity_user_id'],
  ['issuer', 'identity_issuer'],
  ['subject', 'identity_subject'],
  ['nickname', 'identity_nickname'],
  ['email', 'identity_email'],
  ['avatar_url', 'identity_avatar_url'],
  ['locale', 'identity_locale'],
  ['created_at', 'identity_created_at'],
].map(([column, alias]) => `identities.${column} as ${alias}`);

function withUser(row: JoinedRow): IdentityWithUser {
  const identity: Identity = {
    id: row.identityId,
    userId: row.identityUserId,
    issuer: row.identityIssuer,
    subject: row.identitySubject,
    nickname: row.identityNickname,
    email: row.identityEmail,
    avatarUrl: row.identityAvatarUrl,
    locale: row.identityLocale,
    createdAt: row.identityCreatedAt,
  };
  return { identity, user: toUser(row) };
}

function newRow(identity: Identity): Partial<IdentityRow> {
  const { id, userId, issuer, subject, nickname, email, avatarUrl, locale, createdAt } = identity;
  return { id, userId, issuer, subject, nickname, email, avatarUrl, locale, createdAt };
}

/** Only changeable fields: a caller in JavaScript may pass others too. */
function changedColumns({ nickname, email, avatarUrl, locale }: IdentityChanges): Partial<IdentityRow> {
  const columns = { nickname, email, avatarUrl, locale };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
