import {
  type Follow,
  type FollowId,
  type FollowRepository,
  MicroblogError,
  type Relationship,
  strangers,
  type UserId,
} from '@microblog/core';
import { Model, raw, snakeCaseMappers } from 'objection';
import { idClash, userNotFound } from './constraint-meanings.ts';
import type { Database } from './database.ts';
import { readPage } from './keyset.ts';
import type { RepositoryTable, Table } from './table.ts';

export class FollowRow extends Model {
  static override readonly tableName = 'follows';
  static override readonly columnNameMappers = snakeCaseMappers();

  declare id: FollowId;
  declare followerId: UserId;
  declare followedId: UserId;
  declare createdAt: Date;
  /** Not a column: true if the insert made this row. */
  declare inserted?: boolean;
}

function toFollow({ id, followerId, followedId, createdAt }: FollowRow): Follow {
  return { id, followerId, followedId, createdAt };
}

export const follows: RepositoryTable<'follows', FollowRow> = {
  name: 'follows',
  row: FollowRow,
  repository: followRepository,
  constraints: {
    follows_pkey: idClash,
    follows_pair_key: null,
    follows_follower_fkey: userNotFound,
    follows_followed_fkey: userNotFound,
    follows_not_self: () => new MicroblogError('self_follow', 'Users cannot follow themselves.'),
  },
  archive: {
    key: 'id',
    columns: {
      id: ['id', 'bigint'],
      followerId: ['follower_id', 'bigint'],
      followedId: ['followed_id', 'bigint'],
      createdAt: ['created_at', 'timestamptz'],
    },
  },
};

/** The last claim of a mail for each pair. `FollowRepository` writes them. */
export const followMails: Table = {
  name: 'follow_mails',
  constraints: {
    follow_mails_pkey: null,
    follow_mails_follower_fkey: userNotFound,
    follow_mails_followed_fkey: userNotFound,
  },
  // Claims keep mails a day apart. By the time of a restore, that day is usually over.
  archive: null,
};

function followRepository(database: Database): FollowRepository {
  return {
    async insert({ id, followerId, followedId, createdAt }) {
      const row = await database.write(({ follows }) =>
        follows()
          .insert({ id, followerId, followedId, createdAt })
          .onConflict(['follower_id', 'followed_id'])
          .ignore()
          // Postgres returns no row if it skipped the insert.
          .returning(raw('true as inserted')),
      );
      return row.inserted === true;
    },

    async delete(followerId, followedId) {
      const deleted = await database.write(({ follows }) =>
        follows().delete().where({ follower_id: followerId, followed_id: followedId }).returning('id'),
      );
      return deleted.length > 0;
    },

    async relationships(viewerId, others) {
      const known = new Map<UserId, Relationship>(others.map((other) => [other, strangers]));
      if (others.length === 0) return known;
      const rows = await database.read(({ follows }) =>
        follows()
          .select('follower_id', 'followed_id')
          .where((to) =>
            to.where('follower_id', viewerId).whereRaw('followed_id = any(?::bigint[])', [others]),
          )
          .orWhere((from) =>
            from.where('followed_id', viewerId).whereRaw('follower_id = any(?::bigint[])', [others]),
          ),
      );
      for (const { followerId, followedId } of rows) {
        if (followerId === viewerId) note(known, followedId, { following: true });
        else note(known, followerId, { followedBy: true });
      }
      return known;
    },

    async listFollowers(userId, page) {
      return database.read(({ follows }) => readPage(follows().where('followed_id', userId), page, toFollow));
    },

    async listFollowing(userId, page) {
      return database.read(({ follows }) => readPage(follows().where('follower_id', userId), page, toFollow));
    },

    async claimMail({ followerId, followedId, by, at, quietSince }) {
      const claimed = await database.write(({ raw, schema }) =>
        raw(
          `insert into "${schema}".follow_mails as last (follower_id, followed_id, claimed_by, mailed_at)
           values (?, ?, ?, ?)
           on conflict (follower_id, followed_id)
           do update set claimed_by = excluded.claimed_by, mailed_at = excluded.mailed_at
           where last.claimed_by = excluded.claimed_by or last.mailed_at <= ?
           returning true`,
          [followerId, followedId, by, at.toISOString(), quietSince.toISOString()],
        ),
      );
      return claimed.length > 0;
    },

    async forgetMails(at) {
      const forgotten = await database.write(({ raw, schema }) =>
        raw(
          `delete from "${schema}".follow_mails where (follower_id, followed_id) in (
             select follower_id, followed_id from "${schema}".follow_mails where mailed_at < ?
             for update skip locked)
           returning true`,
          [at.toISOString()],
        ),
      );
      return forgotten.length;
    },
  };
}

function note(known: Map<UserId, Relationship>, other: UserId, part: Partial<Relationship>): void {
  known.set(other, { ...(known.get(other) ?? strangers), ...part });
}
