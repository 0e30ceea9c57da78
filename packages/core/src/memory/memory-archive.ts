import {
  ARCHIVE_BATCH_SIZE,
  type ArchiveBatch,
  type ArchiveContent,
  type ArchiveKind,
  type ArchiveRecords,
  type UserRecord,
} from '../archive/archive-content.ts';
import { archiveInvalid } from '../archive/archive-faults.ts';
import { compareIds, type UserId } from '../kernel/ids.ts';
import type { User } from '../users/user.ts';
import { emptyTables, followKey, identityKey, type Tables } from './tables.ts';

/** Everything in tables that nobody changes any more. */
export function contentOf({ users, credentials, identities, follows, posts }: Tables): ArchiveContent {
  return {
    migrations: [],
    counts: {
      users: users.size,
      credentials: credentials.size,
      identities: identities.size,
      follows: follows.size,
      posts: posts.size,
    },
    async *batches() {
      yield* batchesOf('users', [...users.values()].map(toRecord));
      yield* batchesOf('credentials', [...credentials.values()]);
      yield* batchesOf('identities', [...identities.values()]);
      yield* batchesOf('follows', [...follows.values()]);
      yield* batchesOf('posts', [...posts.values()]);
    },
  };
}

function* batchesOf<Kind extends ArchiveKind>(kind: Kind, records: ArchiveRecords[Kind][]) {
  const key = (record: ArchiveRecords[ArchiveKind]) => ('id' in record ? record.id : record.userId);
  records.sort((a, b) => compareIds(key(a), key(b)));
  for (let from = 0; from < records.length; from += ARCHIVE_BATCH_SIZE) {
    yield { kind, records: records.slice(from, from + ARCHIVE_BATCH_SIZE) } as ArchiveBatch;
  }
}

function toRecord({ followerCount, followingCount, postCount, ...record }: User): UserRecord {
  return record;
}

/**
 * New tables with all of the content, counts included.
 * @throws {MicroblogError} `archive_invalid` where records contradict each other.
 */
export async function tablesOf(content: ArchiveContent): Promise<Tables> {
  const tables = emptyTables();
  const taken = new Set<string>();
  const take = (what: string, value: string) => {
    const key = `${what} ${value.toLowerCase()}`;
    if (taken.has(key)) throw contradiction(`the ${what} is there twice`);
    taken.add(key);
  };
  const count = (id: UserId, field: 'postCount' | 'followerCount' | 'followingCount') => {
    const user = tables.users.get(id);
    if (user === undefined) throw contradiction('somebody is missing');
    tables.users.set(id, { ...user, [field]: user[field] + 1 });
  };
  for await (const { kind, records } of content.batches()) {
    if (kind === 'users') {
      for (const user of records) {
        take('user', user.id);
        take('nickname', user.nickname);
        if (user.email !== null) take('e-mail', user.email);
        tables.users.set(user.id, { ...user, followerCount: 0, followingCount: 0, postCount: 0 });
      }
    } else if (kind === 'credentials') {
      for (const credential of records) {
        take('credential', credential.userId);
        if (!tables.users.has(credential.userId)) throw contradiction('somebody is missing');
        tables.credentials.set(credential.userId, credential);
      }
    } else if (kind === 'identities') {
      for (const identity of records) {
        const key = identityKey(identity.issuer, identity.subject);
        take('identity', identity.id);
        if (tables.identities.has(key)) throw contradiction('the identity is there twice');
        if (!tables.users.has(identity.userId)) throw contradiction('somebody is missing');
        tables.identities.set(key, identity);
      }
    } else if (kind === 'follows') {
      for (const follow of records) {
        const { id, followerId, followedId } = follow;
        take('follow', id);
        take('follow of', followKey(followerId, followedId));
        if (followerId === followedId) throw contradiction('somebody follows themselves');
        count(followerId, 'followingCount');
        count(followedId, 'followerCount');
        tables.follows.set(followKey(followerId, followedId), follow);
      }
    } else {
      for (const post of records) {
        take('post', post.id);
        count(post.authorId, 'postCount');
        tables.posts.set(post.id, post);
      }
    }
  }
  return tables;
}

function contradiction(what: string) {
  return archiveInvalid(`Its records contradict each other (${what}).`);
}
