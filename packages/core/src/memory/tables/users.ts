import { MicroblogError } from '../../kernel/errors.ts';
import { compareIds, type UserId } from '../../kernel/ids.ts';
import type { UserRepository } from '../../ports/user-repository.ts';
import { freshUser, type User, VISIT_INTERVAL_MS } from '../../users/user.ts';
import { followKey, idClash, pageOfRows, type Tables } from '../tables.ts';
import { deleteTranslations } from './translations.ts';

export function memoryUsers(tables: () => Tables): UserRepository {
  const lower = (text: string | null) => text?.toLowerCase() ?? null;
  const findBy = (field: 'nickname' | 'email', value: string): User | null => {
    for (const user of tables().users.values()) {
      if (lower(user[field]) === lower(value)) return user;
    }
    return null;
  };
  const uncount = (id: UserId, field: 'followerCount' | 'followingCount') => {
    const user = tables().users.get(id);
    if (user !== undefined) tables().users.set(id, { ...user, [field]: user[field] - 1 });
  };
  const requireFree = (field: 'nickname' | 'email', value: string | null, owner: UserId) => {
    const other = value === null ? null : findBy(field, value);
    if (other !== null && other.id !== owner) throw taken(field);
  };

  const self: UserRepository = {
    async insert(newUser) {
      if (tables().users.has(newUser.id)) {
        throw idClash(newUser.id);
      }
      requireFree('nickname', newUser.nickname, newUser.id);
      requireFree('email', newUser.email, newUser.id);
      const user = freshUser(newUser);
      tables().users.set(user.id, user);
      return user;
    },
    async insertMany(newUsers) {
      for (const newUser of newUsers) await self.insert(newUser);
    },
    async find(id) {
      return tables().users.get(id) ?? null;
    },
    // Transactions take turns.
    lock: (id) => self.find(id),
    async findMany(ids) {
      return [...new Set(ids)].flatMap((id) => tables().users.get(id) ?? []);
    },
    async findByNickname(nickname) {
      return findBy('nickname', nickname);
    },
    async findByEmail(email) {
      return findBy('email', email);
    },
    async takenNicknames(nicknames) {
      const wanted = new Set(nicknames.map((nickname) => nickname.toLowerCase()));
      const inUse = [...tables().users.values()].map((user) => user.nickname.toLowerCase());
      return new Set(inUse.filter((nickname) => wanted.has(nickname)));
    },
    async takenEmails(emails) {
      const wanted = new Set(emails.map(lower));
      const inUse = [...tables().users.values()].flatMap(({ email }) => lower(email) ?? []);
      return new Set(inUse.filter((email) => wanted.has(email)));
    },
    async update(id, changes) {
      const user = tables().users.get(id);
      if (user === undefined) return null;
      const changed = { ...user, ...changes };
      requireFree('nickname', changed.nickname, id);
      requireFree('email', changed.email, id);
      tables().users.set(id, changed);
      return changed;
    },
    async delete(id) {
      const { users, posts, follows, followMails, credentials, identities, accountTokens } = tables();
      if (!users.delete(id)) return false;
      for (const post of posts.values()) {
        if (post.authorId !== id) continue;
        posts.delete(post.id);
        deleteTranslations(tables(), post.id);
      }
      for (const [key, identity] of identities) if (identity.userId === id) identities.delete(key);
      for (const [hash, token] of accountTokens) if (token.userId === id) accountTokens.delete(hash);
      credentials.delete(id);
      for (const [key, { followerId, followedId }] of followMails) {
        if (followerId === id || followedId === id) followMails.delete(key);
      }
      for (const [key, { followerId, followedId }] of follows) {
        if (followerId !== id && followedId !== id) continue;
        follows.delete(key);
        uncount(followerId, 'followingCount');
        uncount(followedId, 'followerCount');
      }
      return true;
    },
    async hasAdminBeside(id) {
      return [...tables().users.values()].some(
        (user) => user.role === 'admin' && user.suspendedAt === null && user.id !== id,
      );
    },
    async markSeen(id, at) {
      const user = tables().users.get(id);
      if (user === undefined) return false;
      if (user.lastSeenAt !== null && at.getTime() - user.lastSeenAt.getTime() < VISIT_INTERVAL_MS)
        return false;
      tables().users.set(id, { ...user, lastSeenAt: at });
      return true;
    },
    async list(page) {
      return pageOfRows(tables().users.values(), page);
    },
    async listSuggestions(reader, limit) {
      const { users, follows } = tables();
      return [...users.values()]
        .filter(
          ({ id, suspendedAt }) =>
            suspendedAt === null && id !== reader && !follows.has(followKey(reader, id)),
        )
        .sort((a, b) => b.followerCount - a.followerCount || compareIds(b.id, a.id))
        .slice(0, limit);
    },
  };
  return self;
}

function taken(field: 'nickname' | 'email') {
  return new MicroblogError(`${field}_taken`, `The ${field} is in use.`, {
    details: { fields: [{ field, problem: 'taken', params: {} }] },
  });
}
