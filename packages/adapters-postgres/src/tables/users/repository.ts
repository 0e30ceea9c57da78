import {
  type NewUser,
  type StoredSettings,
  type User,
  type UserChanges,
  type UserId,
  type UserRepository,
  VISIT_INTERVAL_MS,
} from '@microblog/core';
import { raw } from 'objection';
import type { Database } from '../database.ts';
import { readPage } from '../keyset.ts';
import { toPersonRecord, toUser, type UserRow, userOf } from './row.ts';
import { personByNickname, userById, userByNickname } from './statements.ts';

export function userRepository(database: Database): UserRepository {
  const find = async (id: UserId): Promise<User | null> => {
    const [row] = await database.run(userById, [id]);
    return row === undefined ? null : userOf(row);
  };
  return {
    find,
    async lock(id) {
      return userOrNull(await database.read(({ users }) => users().findById(id).forUpdate()));
    },
    async findByNickname(nickname) {
      const [row] = await database.run(userByNickname, [nickname.toLowerCase()]);
      return row === undefined ? null : userOf(row);
    },
    async findRelated(viewerId, nickname) {
      const [row] = await database.run(personByNickname, [nickname.toLowerCase(), viewerId]);
      if (row === undefined) return null;
      const [following, followedBy, ...person] = row;
      const relationship = { following: following === 't', followedBy: followedBy === 't' };
      return { person: toPersonRecord(person), relationship };
    },
    async findByEmail(email) {
      const row = await database.read(({ users }) =>
        users().findOne(raw('lower(email)'), email.toLowerCase()),
      );
      return userOrNull(row);
    },

    async insert(user) {
      return toUser(await database.write(({ users }) => users().insert(newRow(user)).returning('*')));
    },

    async insertMany(all) {
      if (all.length === 0) return;
      await database.write(({ users }) => users().insert(all.map(newRow)));
    },

    async findMany(ids) {
      if (ids.length === 0) return [];
      const rows = await database.read(({ users }) => users().whereRaw('id = any(?::bigint[])', [ids]));
      return rows.map(toUser);
    },

    async takenNicknames(nicknames) {
      if (nicknames.length === 0) return new Set();
      const wanted = nicknames.map((nickname) => nickname.toLowerCase());
      const rows = await database.read(({ users }) =>
        users().select('nickname').whereRaw('lower(nickname) = any(?::text[])', [wanted]),
      );
      return new Set(rows.map((row) => row.nickname.toLowerCase()));
    },

    async takenEmails(emails) {
      if (emails.length === 0) return new Set();
      const wanted = emails.map((email) => email.toLowerCase());
      const rows = await database.read(({ users }) =>
        users().select('email').whereRaw('lower(email) = any(?::text[])', [wanted]),
      );
      return new Set(rows.flatMap(({ email }) => email?.toLowerCase() ?? []));
    },

    async update(id, changes) {
      const columns = {
        ...changedColumns(changes),
        ...(changes.settings === undefined ? {} : { settings: mergedSettings(changes.settings) }),
      };
      // An update must set at least one column.
      if (Object.keys(columns).length === 0) return find(id);
      const [row] = await database.write(({ users }) => users().patch(columns).where({ id }).returning('*'));
      return userOrNull(row);
    },

    async delete(id) {
      const [row] = await database.write(({ raw, schema }) =>
        raw<{ deleted: boolean }>(`select "${schema}".delete_user(?::bigint) as deleted`, [id]),
      );
      return row?.deleted === true;
    },

    // Why: docs/decisions/0010-last-administrator-lock.md
    async hasAdminBeside(id) {
      // An advisory lock, not row locks: row locks are always taken in the order of ids.
      await database.write(({ raw, schema }) =>
        raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
          `microblog administrators of ${schema}`,
        ]),
      );
      const other = await database.read(({ users }) =>
        users().where({ role: 'admin' }).whereNull('suspended_at').whereNot({ id }).select('id').first(),
      );
      return other !== undefined;
    },

    async markSeen(id, at) {
      const due = new Date(at.getTime() - VISIT_INTERVAL_MS);
      const noted = await database.write(({ users }) =>
        users()
          .patch({ lastSeenAt: at })
          .where({ id })
          .where((seen) => seen.whereNull('last_seen_at').orWhere('last_seen_at', '<=', due)),
      );
      return noted > 0;
    },

    async list(page) {
      return database.read(({ users }) => readPage(users(), page, toUser));
    },

    async listSuggestions(reader, limit) {
      const rows = await database.read(({ users, follows }) =>
        users()
          .whereNull('suspended_at')
          .whereNot({ id: reader })
          .whereNotExists(follows().where('follower_id', reader).whereColumn('followed_id', 'users.id'))
          .orderBy([
            { column: 'follower_count', order: 'desc' },
            { column: 'id', order: 'desc' },
          ])
          .limit(limit),
      );
      return rows.map(toUser);
    },
  };
}

function userOrNull(row: UserRow | undefined): User | null {
  return row === undefined ? null : toUser(row);
}

function newRow({
  id,
  nickname,
  email,
  locale,
  role,
  createdAt,
  avatarUrl = null,
}: NewUser): Partial<UserRow> {
  return { id, nickname, email, locale, role, createdAt, avatarUrl };
}

/** Keeps settings that are not named, also those of another release. */
function mergedSettings(changes: StoredSettings) {
  return raw('settings || ?::jsonb', [JSON.stringify(changes)]);
}

/** Only changeable fields: a caller in JavaScript may pass others too. */
function changedColumns(changes: UserChanges): Partial<UserRow> {
  const { nickname, email, emailVerifiedAt, aboutMe, avatarUrl, locale } = changes;
  const { role, suspendedAt, sessionEpoch } = changes;
  const person = { nickname, email, emailVerifiedAt, aboutMe, avatarUrl, locale };
  const columns = { ...person, role, suspendedAt, sessionEpoch };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
