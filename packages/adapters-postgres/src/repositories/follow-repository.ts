import { type FollowRepository, type Relationship, strangers, type UserId } from '@microblog/core';
import { raw } from 'objection';
import type { Database } from '../database.ts';
import { toFollow } from '../models/follow-row.ts';
import { readPage } from './keyset.ts';

export function followRepository(database: Database): FollowRepository {
  return {
    async insert({ id, followerId, followedId, createdAt }) {
      const row = await database.write(({ follows }) =>
        follows()
          .insert({ id, followerId, followedId, createdAt })
          .onConflict(['follower_id', 'followed_id'])
          .ignore()
          // Postgres returns nothing where it ignored the row.
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
  };
}

function note(known: Map<UserId, Relationship>, other: UserId, part: Partial<Relationship>): void {
  known.set(other, { ...(known.get(other) ?? strangers), ...part });
}
