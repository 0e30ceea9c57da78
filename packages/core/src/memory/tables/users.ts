import { z } from 'zod';
import { archivedId, archivedJson, archivedText, archivedTime } from '../../archive/archive-fields.ts';
import { MicroblogError } from '../../kernel/errors.ts';
import { compareIds, type UserId } from '../../kernel/ids.ts';
import type { UserRepository } from '../../ports/user-repository.ts';
import { roles } from '../../users/role.ts';
import { freshUser, type User, VISIT_INTERVAL_MS } from '../../users/user.ts';
import { pageOfRows } from '../page-of-rows.ts';
import type { RepositoryTable } from '../table.ts';
import { followKey } from './follow-key.ts';

/** A user without the counts: they follow from posts and follows. */
export type UserRecord = Omit<User, 'followerCount' | 'followingCount' | 'postCount'>;

export const users: RepositoryTable<
  User,
  UserRepository,
  'insert' | 'insertMany' | 'update' | 'delete' | 'markSeen',
  UserRecord
> = {
  key: ({ id }) => id,
  notFound: (id) => new MicroblogError('user_not_found', `There is no user ${id}.`, { details: { id } }),
  unique: [
    { of: ({ nickname }) => nickname.toLowerCase(), taken: () => taken('nickname') },
    { of: ({ email }) => email?.toLowerCase() ?? null, taken: () => taken('email') },
  ],
  archive: {
    since: 1,
    orderBy: 'id',
    schema: z.strictObject({
      id: archivedId<UserId>(),
      nickname: archivedText.min(1),
      email: archivedText.nullable(),
      emailVerifiedAt: archivedTime.nullable().default(null),
      aboutMe: archivedText,
      avatarUrl: archivedText.nullable(),
      locale: archivedText.nullable(),
      settings: archivedJson,
      role: z.enum(roles),
      createdAt: archivedTime,
      lastSeenAt: archivedTime.nullable(),
      suspendedAt: archivedTime.nullable(),
      sessionEpoch: z.int32().min(0),
    }),
    upgrade: withSettings,
    toRow: (record) => ({ ...record, followerCount: 0, followingCount: 0, postCount: 0 }),
  },
  reads: (rows) => {
    const find = async (id: UserId) => rows().users.get(id) ?? null;
    const findBy = (matches: (user: User) => boolean) => [...rows().users.values()].find(matches) ?? null;
    const inUse = (fieldOf: (user: User) => string | null, wanted: readonly string[]) => {
      const values = new Set(wanted.map((value) => value.toLowerCase()));
      const used = [...rows().users.values()].flatMap((user) => fieldOf(user)?.toLowerCase() ?? []);
      return new Set(used.filter((value) => values.has(value)));
    };
    return {
      find,
      // Transactions take turns.
      lock: find,
      findMany: async (ids) => [...new Set(ids)].flatMap((id) => rows().users.get(id) ?? []),
      findByNickname: async (nickname) =>
        findBy((user) => user.nickname.toLowerCase() === nickname.toLowerCase()),
      async findRelated(viewerId, nickname) {
        const person = findBy((user) => user.nickname.toLowerCase() === nickname.toLowerCase());
        if (person === null) return null;
        const follows = (follower: UserId, followed: UserId) =>
          rows().follows.has(followKey(follower, followed));
        const relationship = {
          following: follows(viewerId, person.id),
          followedBy: follows(person.id, viewerId),
        };
        return { person, relationship };
      },
      findByEmail: async (email) => findBy((user) => user.email?.toLowerCase() === email.toLowerCase()),
      takenNicknames: async (nicknames) => inUse(({ nickname }) => nickname, nicknames),
      takenEmails: async (emails) => inUse(({ email }) => email, emails),
      hasAdminBeside: async (id) =>
        findBy((user) => user.role === 'admin' && user.suspendedAt === null && user.id !== id) !== null,
      list: async (page) => pageOfRows(rows().users.values(), page),
      async listSuggestions(reader, limit) {
        const isStranger = (id: UserId) => id !== reader && !rows().follows.has(followKey(reader, id));
        return [...rows().users.values()]
          .filter(({ id, suspendedAt }) => suspendedAt === null && isStranger(id))
          .sort((a, b) => b.followerCount - a.followerCount || compareIds(b.id, a.id))
          .slice(0, limit);
      },
    };
  },
  writes: (store) => ({
    async insert(newUser) {
      const user = freshUser(newUser);
      store.insert('users', user);
      return user;
    },
    async insertMany(newUsers) {
      for (const newUser of newUsers) store.insert('users', freshUser(newUser));
    },
    async update(id, { settings, ...changes }) {
      const before = store.rows.users.get(id);
      const merged = settings === undefined ? {} : { settings: { ...before?.settings, ...settings } };
      return store.update('users', id, { ...changes, ...merged });
    },
    delete: async (id) => store.delete('users', id),
    async markSeen(id, at) {
      const { lastSeenAt } = store.rows.users.get(id) ?? { lastSeenAt: undefined };
      if (lastSeenAt === undefined) return false;
      if (lastSeenAt !== null && at.getTime() - lastSeenAt.getTime() < VISIT_INTERVAL_MS) return false;
      return store.update('users', id, { lastSeenAt: at }) !== null;
    },
  }),
};

/** Archives before version 3 have the field `mailOnFollow`. True was the default, and defaults are not stored. */
function withSettings(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || 'settings' in record) return record;
  const { mailOnFollow = true, ...rest } = record as { readonly mailOnFollow?: unknown };
  if (typeof mailOnFollow !== 'boolean') return record;
  return { ...rest, settings: mailOnFollow ? {} : { mailOnFollow } };
}

function taken(field: 'nickname' | 'email') {
  return new MicroblogError(`${field}_taken`, `The ${field} is in use.`, {
    details: { fields: [{ field, problem: 'taken', params: {} }] },
  });
}
