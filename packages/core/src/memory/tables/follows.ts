import { z } from 'zod';
import { archivedId, archivedTime } from '../../archive/archive-fields.ts';
import { type Follow, type FollowRepository, strangers } from '../../follows/follow.ts';
import type { FollowMailClaim } from '../../follows/follow-mail-claim.ts';
import { MicroblogError } from '../../kernel/errors.ts';
import type { FollowId, UserId } from '../../kernel/ids.ts';
import { idClash } from '../id-clash.ts';
import { pageOfRows } from '../page-of-rows.ts';
import type { RepositoryTable, Table } from '../table.ts';
import { followKey } from './follow-key.ts';

export const follows: RepositoryTable<
  Follow,
  FollowRepository,
  'insert' | 'delete' | 'claimMail' | 'forgetMails',
  Follow
> = {
  key: ({ followerId, followedId }) => followKey(followerId, followedId),
  unique: [{ of: ({ id }) => id, taken: idClash }],
  belongsTo: { users: ({ followerId, followedId }) => [followerId, followedId] },
  counts: ({ followerId, followedId }) => [
    [followerId, 'followingCount'],
    [followedId, 'followerCount'],
  ],
  check({ followerId, followedId }) {
    if (followerId === followedId) throw new MicroblogError('self_follow', 'Users cannot follow themselves.');
  },
  archive: {
    since: 1,
    orderBy: 'id',
    schema: z.strictObject({
      id: archivedId<FollowId>(),
      followerId: archivedId<UserId>(),
      followedId: archivedId<UserId>(),
      createdAt: archivedTime,
    }),
    toRow: (record) => record,
  },
  reads: (rows) => ({
    async relationships(viewerId, others) {
      const relation = (other: UserId) => {
        const following = rows().follows.has(followKey(viewerId, other));
        const followedBy = rows().follows.has(followKey(other, viewerId));
        return following || followedBy ? { following, followedBy } : strangers;
      };
      return new Map(others.map((other) => [other, relation(other)]));
    },
    async listFollowers(userId, page) {
      const found = [...rows().follows.values()].filter(({ followedId }) => followedId === userId);
      return pageOfRows(found, page);
    },
    async listFollowing(userId, page) {
      const found = [...rows().follows.values()].filter(({ followerId }) => followerId === userId);
      return pageOfRows(found, page);
    },
  }),
  writes: (store) => ({
    insert: async (follow) => store.insertOnce('follows', follow),
    delete: async (followerId, followedId) => store.delete('follows', followKey(followerId, followedId)),
    async claimMail(claim) {
      const last = store.rows.followMails.get(followMails.key(claim));
      if (last !== undefined && last.by !== claim.by && last.at > claim.quietSince) return false;
      store.save('followMails', claim);
      return true;
    },
    async forgetMails(at) {
      const expired = [...store.rows.followMails].filter(([, claim]) => claim.at < at);
      for (const [key] of expired) store.delete('followMails', key);
      return expired.length;
    },
  }),
};

/** The last claim of a mail for each pair. `FollowRepository` writes them. */
export const followMails: Table<FollowMailClaim> = {
  key: ({ followerId, followedId }) => followKey(followerId, followedId),
  belongsTo: { users: ({ followerId, followedId }) => [followerId, followedId] },
  // Claims keep mails a day apart. By the time of a restore, that day is usually over.
  archive: null,
};
