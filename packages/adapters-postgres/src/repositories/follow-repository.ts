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
      return (
        (await database.write(({ follows }) => follows().delete().where({ followerId, followedId }))) > 0
      );
    },

    async relationships(viewerId, others) {
      const known = new Map<UserId, Relationship>(others.map((other) => [other, strangers]));
      if (others.length === 0) return known;
      const rows = await database.read(({ follows }) =>
        follows()
          .select('followerId', 'followedId')
          .where((to) =>
            to.where({ followerId: viewerId }).whereRaw('followed_id = any(?::bigint[])', [others]),
          )
          .orWhere((from) =>
            from.where({ followedId: viewerId }).whereRaw('follower_id = any(?::bigint[])', [others]),
          ),
      );
      for (const { followerId, followedId } of rows) {
        if (followerId === viewerId) note(known, followedId, { following: true });
        else note(known, followerId, { followedBy: true });
      }
      return known;
    },

    async listFollowers(userId, page) {
      return database.read(({ follows }) =>
        readPage(follows().where({ followedId: userId }), page, toFollow),
      );
    },

    async listFollowing(userId, page) {
      return database.read(({ follows }) =>
        readPage(follows().where({ followerId: userId }), page, toFollow),
      );
    },
  };
}

function note(known: Map<UserId, Relationship>, other: UserId, part: Partial<Relationship>): void {
  known.set(other, { ...(known.get(other) ?? strangers), ...part });
}
