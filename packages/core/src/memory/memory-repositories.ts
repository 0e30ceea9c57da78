import { strangers } from '../follows/follow.ts';
import { MicroblogError } from '../kernel/errors.ts';
import type { UserId } from '../kernel/ids.ts';
import type { Repositories } from '../ports/storage.ts';
import { memoryAccountTokens } from './tables/account-tokens.ts';
import { memoryIdentities } from './tables/identities.ts';
import { deleteTranslations, memoryTranslations } from './tables/translations.ts';
import { memoryUsers } from './tables/users.ts';
import { followKey, idClash, pageOfRows, requireUser, type Tables } from './tables.ts';

/** Repositories over the tables of the moment. Writes change the tables in place; see `memoryStorage`. */
export function memoryRepositories(tables: () => Tables): Repositories {
  const count = (id: UserId, field: 'postCount' | 'followerCount' | 'followingCount', step: 1 | -1) => {
    const user = tables().users.get(id);
    if (user !== undefined) tables().users.set(id, { ...user, [field]: user[field] + step });
  };

  const homePosts = (readerId: UserId) => {
    const { posts, follows } = tables();
    return [...posts.values()].filter(
      ({ authorId }) => authorId === readerId || follows.has(followKey(readerId, authorId)),
    );
  };

  return {
    users: memoryUsers(tables),

    posts: {
      async insert(post) {
        requireUser(tables(), post.authorId);
        if (tables().posts.has(post.id)) throw idClash(post.id);
        tables().posts.set(post.id, post);
        count(post.authorId, 'postCount', 1);
      },
      async find(id) {
        return tables().posts.get(id) ?? null;
      },
      async findMany(ids) {
        return [...new Set(ids)].flatMap((id) => tables().posts.get(id) ?? []);
      },
      async delete(id) {
        const post = tables().posts.get(id);
        if (post === undefined) return false;
        tables().posts.delete(id);
        deleteTranslations(tables(), id);
        count(post.authorId, 'postCount', -1);
        return true;
      },
      async listAll(page) {
        return pageOfRows(tables().posts.values(), page);
      },
      async listByAuthor(authorId, page) {
        const own = [...tables().posts.values()].filter((post) => post.authorId === authorId);
        return pageOfRows(own, page);
      },
      async listHome(readerId, page) {
        return pageOfRows(homePosts(readerId), page);
      },
      async countAllNewer(after, most) {
        return pageOfRows(tables().posts.values(), { after, limit: most }).items.length;
      },
      async countHomeNewer(readerId, after, most) {
        return pageOfRows(homePosts(readerId), { after, limit: most }).items.length;
      },
    },

    follows: {
      async insert(follow) {
        const { followerId, followedId } = follow;
        requireUser(tables(), followerId);
        requireUser(tables(), followedId);
        if (followerId === followedId) {
          throw new MicroblogError('self_follow', 'Nobody can follow themselves.');
        }
        const key = followKey(followerId, followedId);
        if (tables().follows.has(key)) return false;
        if ([...tables().follows.values()].some(({ id }) => id === follow.id)) throw idClash(follow.id);
        tables().follows.set(key, follow);
        count(followerId, 'followingCount', 1);
        count(followedId, 'followerCount', 1);
        return true;
      },
      async delete(followerId, followedId) {
        if (!tables().follows.delete(followKey(followerId, followedId))) return false;
        count(followerId, 'followingCount', -1);
        count(followedId, 'followerCount', -1);
        return true;
      },
      async relationships(viewerId, others) {
        const { follows } = tables();
        const relation = (other: UserId) => {
          const following = follows.has(followKey(viewerId, other));
          const followedBy = follows.has(followKey(other, viewerId));
          return following || followedBy ? { following, followedBy } : strangers;
        };
        return new Map(others.map((other) => [other, relation(other)]));
      },
      async listFollowers(userId, page) {
        const rows = [...tables().follows.values()].filter(({ followedId }) => followedId === userId);
        return pageOfRows(rows, page);
      },
      async listFollowing(userId, page) {
        const rows = [...tables().follows.values()].filter(({ followerId }) => followerId === userId);
        return pageOfRows(rows, page);
      },
      async claimMail(claim) {
        const { followerId, followedId, by, quietSince } = claim;
        requireUser(tables(), followerId);
        requireUser(tables(), followedId);
        const key = followKey(followerId, followedId);
        const last = tables().followMails.get(key);
        if (last !== undefined && last.by !== by && last.at > quietSince) return false;
        tables().followMails.set(key, claim);
        return true;
      },
      async forgetMails(at) {
        const { followMails } = tables();
        const over = [...followMails].filter(([, claim]) => claim.at < at);
        for (const [key] of over) followMails.delete(key);
        return over.length;
      },
    },

    identities: memoryIdentities(tables),

    credentials: {
      async find(userId) {
        return tables().credentials.get(userId) ?? null;
      },
      async save(credential) {
        requireUser(tables(), credential.userId);
        tables().credentials.set(credential.userId, credential);
      },
    },

    accountTokens: memoryAccountTokens(tables),

    translations: memoryTranslations(tables),
  };
}
