import type { User } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

let database: TestDatabase;
let storage: PostgresStorage;
let people: User[];
const build = builders();

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({ connectionString: database.url, poolSize: 20 });
  await migrate(storage);
});

beforeEach(async () => {
  people = [];
  for (let n = 0; n < 10; n++) people.push(await storage.users.insert(build.user()));
});

afterAll(async () => {
  await storage.close();
  await database.drop();
});

/** Each of the ten users follows the others and writes a post per follow. */
async function followEachOther(): Promise<void> {
  await Promise.all(
    pairs().map(({ one, other }) =>
      storage.transaction(async ({ follows, posts }) => {
        await follows.insert(build.follow(one.id, other.id));
        await posts.insert(build.post(one.id));
      }),
    ),
  );
}

/** Every user with every other, in both directions. */
function pairs(): { one: User; other: User }[] {
  return people.flatMap((one) => people.filter((other) => other !== one).map((other) => ({ one, other })));
}

async function counts() {
  const rows = await storage.users.findMany(people.map(({ id }) => id));
  return rows.map(({ followerCount, followingCount, postCount }) => ({
    followerCount,
    followingCount,
    postCount,
  }));
}

describe('concurrent writes', () => {
  it('count every post and every follow, without deadlock', async () => {
    const posts = people.flatMap(({ id }) => Array.from({ length: 5 }, () => build.post(id)));
    await Promise.all([
      ...pairs().map(({ one, other }) => storage.follows.insert(build.follow(one.id, other.id))),
      ...posts.map((post) => storage.posts.insert(post)),
    ]);
    for (const row of await counts())
      expect(row).toEqual({ followerCount: 9, followingCount: 9, postCount: 5 });

    await Promise.all([
      ...pairs().map(({ one, other }) => storage.follows.delete(one.id, other.id)),
      // Each twice: only one of the two deletions counts.
      ...[...posts, ...posts].map(({ id }) => storage.posts.delete(id)),
    ]);
    for (const row of await counts())
      expect(row).toEqual({ followerCount: 0, followingCount: 0, postCount: 0 });
  });

  it('of follows in both directions, in larger transactions, succeed', async () => {
    await followEachOther();
    for (const row of await counts())
      expect(row).toEqual({ followerCount: 9, followingCount: 9, postCount: 9 });
  });

  it('of users who follow each other, some of them deleted meanwhile, do not deadlock', async () => {
    await followEachOther();
    const doomed: User[] = [];
    for (let n = 0; n < 10; n++) doomed.push(await storage.users.insert(build.user()));
    const all = [...people, ...doomed];
    for (const [index, one] of doomed.entries()) {
      for (const other of doomed.slice(index + 1)) {
        await storage.follows.insert(build.follow(one.id, other.id));
        await storage.follows.insert(build.follow(other.id, one.id));
      }
    }
    const failures: unknown[] = [];
    const lost = (error: { code?: unknown }) => {
      // Following a deleted user is refused.
      if (error.code !== 'user_not_found') failures.push(error);
    };
    const deleted = doomed.map(({ id }) => storage.users.delete(id).catch(lost));
    const follows = all.flatMap((one) =>
      all
        .filter((other) => other !== one && (doomed.includes(one) || doomed.includes(other)))
        .map((other) => storage.follows.insert(build.follow(one.id, other.id)).catch(lost)),
    );
    await Promise.all([...deleted, ...follows]);
    expect(failures).toEqual([]);
    expect(await storage.users.findMany(doomed.map(({ id }) => id))).toEqual([]);
    for (const row of await counts())
      expect(row).toEqual({ followerCount: 9, followingCount: 9, postCount: 9 });
  });

  it('leave correct counts after members are deleted', async () => {
    await followEachOther();
    const [gone, ...others] = people;
    await storage.knex.raw('delete from microblog.users where id = ?', [gone?.id ?? '']);
    const rows = await storage.users.findMany(others.map(({ id }) => id));
    for (const row of rows) expect(row).toMatchObject({ followerCount: 8, followingCount: 8, postCount: 9 });
  });
});
