import type { PageRequest, User } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage, type Statement } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

let database: TestDatabase;
let storage: PostgresStorage;
let reader: User;
const statements: Statement[] = [];
const build = builders();

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({
    connectionString: database.url,
    onStatement: (statement) => statements.push(statement),
  });
  await migrate(storage);
  reader = await storage.users.insert(build.user());
  await storage.knex.raw(
    `insert into microblog.users (id, nickname, created_at) select 1000 + n, 'author' || n, now() from generate_series(1, 200) n`,
  );
  await storage.knex.raw(
    `insert into microblog.follows (id, follower_id, followed_id, created_at)
     select row_number() over (), users.id, 1000 + n, now()
       from microblog.users, generate_series(1, 30) n where users.id <> 1000 + n`,
  );
  await storage.knex.raw(
    `insert into microblog.posts (id, author_id, body, created_at)
     select n, 1001 + n % 200, 'post ' || n, now() from generate_series(1, 20000) n`,
  );
  await storage.knex.raw('vacuum analyze');
});

afterAll(async () => {
  await storage.close();
  await database.drop();
});

async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  statements.length = 0;
  await work();
  return statements.map(({ sql }) => sql);
}

describe('one call is one statement', () => {
  const page: PageRequest = { limit: 10 };
  const calls: Record<string, () => Promise<unknown>> = {
    'users.insert': () => storage.users.insert(build.user()),
    'users.insertMany': () => storage.users.insertMany([build.user(), build.user()]),
    'users.takenEmails': () => storage.users.takenEmails(['a@example.org', 'b@example.org']),
    'users.delete': () => storage.users.delete(build.user().id),
    'users.find': () => storage.users.find(reader.id),
    'users.findMany': () => storage.users.findMany([reader.id, reader.id]),
    'users.findByNickname': () => storage.users.findByNickname('author1'),
    'users.findByEmail': () => storage.users.findByEmail('a@example.org'),
    'users.takenNicknames': () => storage.users.takenNicknames(['author1', 'author2']),
    'users.update': () => storage.users.update(reader.id, { aboutMe: 'x' }),
    'users.markSeen': () => storage.users.markSeen(reader.id, new Date()),
    'users.list': () => storage.users.list(page),
    'users.listSuggestions': () => storage.users.listSuggestions(reader.id, 5),
    'posts.insert': () => storage.posts.insert(build.post(reader.id)),
    'posts.find': () => storage.posts.find(build.post(reader.id).id),
    'posts.delete': () => storage.posts.delete(build.post(reader.id).id),
    'posts.listAll': () => storage.posts.listAll(page),
    'posts.listByAuthor': () => storage.posts.listByAuthor(reader.id, page),
    'posts.listHome': () => storage.posts.listHome(reader.id, page),
    'posts.listHome before': () => storage.posts.listHome(reader.id, { limit: 10, before: '5000' }),
    'posts.listHome after': () => storage.posts.listHome(reader.id, { limit: 10, after: '5000' }),
    'posts.countAllNewer': () => storage.posts.countAllNewer('5000', 51),
    'posts.countHomeNewer': () => storage.posts.countHomeNewer(reader.id, '5000', 51),
    'follows.insert': () => storage.follows.insert(build.follow(reader.id, '1100' as User['id'])),
    'follows.delete': () => storage.follows.delete(reader.id, '1100' as User['id']),
    'follows.relationships': () =>
      storage.follows.relationships(reader.id, ['1001' as User['id'], reader.id]),
    'follows.listFollowers': () => storage.follows.listFollowers(reader.id, page),
    'follows.listFollowing': () => storage.follows.listFollowing(reader.id, page),
    'identities.insert': () =>
      storage.identities.insert([build.identity(reader.id), build.identity(reader.id)]),
    'identities.find': () => storage.identities.find('x', 'y'),
    'identities.findMany': () => storage.identities.findMany('x', ['y', 'z']),
    'identities.listByUser': () => storage.identities.listByUser(reader.id),
    'identities.update': () => storage.identities.update('x', 'y', { nickname: 'z' }),
    'identities.delete': () => storage.identities.delete('x', 'y'),
    'credentials.find': () => storage.credentials.find(reader.id),
    'credentials.save': () =>
      storage.credentials.save({ userId: reader.id, passwordHash: 'x', changedAt: new Date() }),
  };
  it.each(Object.entries(calls))('%s', async (_name, call) => {
    expect(await statementsOf(call)).toHaveLength(1);
  });

  it('and none counts rows or skips them', async () => {
    for (const call of Object.values(calls)) {
      for (const sql of await statementsOf(call)) expect(sql).not.toMatch(/count\(|offset/i);
    }
  });
});

describe('onStatement', () => {
  it('tells the time, and shows no value', async () => {
    await statementsOf(() => storage.users.findByEmail('secret@example.org'));
    expect(statements[0]?.milliseconds).toBeGreaterThan(0);
    expect(statements[0]?.sql).not.toContain('secret');
  });

  it('has the values for those who ask', async () => {
    await statementsOf(() => storage.users.findByEmail('secret@example.org'));
    expect(statements[0]?.bindings()).toContain('secret@example.org');
  });

  it('tells of statements that failed and of those in transactions', async () => {
    const failed = await statementsOf(() => storage.users.insert(reader).catch(() => {}));
    expect(failed).toHaveLength(1);
    const inside = await statementsOf(() => storage.transaction(({ users }) => users.find(reader.id)));
    expect(inside).toHaveLength(1);
  });
});

describe('the plan of the home timeline', () => {
  const pages: PageRequest[] = [{ limit: 25 }, { limit: 25, before: '15000' }, { limit: 25, after: '15000' }];
  it.each(pages)('finds the ids in the covering index alone: %o', async (page) => {
    const text = await planOf(
      () => storage.posts.listHome(reader.id, page),
      [
        reader.id,
        reader.id,
        ...(page.before ? [page.before] : []),
        ...(page.after ? [page.after] : []),
        page.limit + 1,
        page.limit + 1,
      ],
    );
    expect(text).toMatch(/Index Only Scan.* using posts_by_author/);
    expect(text).not.toMatch(/Seq Scan on posts/);
  });

  it('finds people, followers and suggestions by index', async () => {
    const page = { limit: 10 };
    const followers = await planOf(() => storage.follows.listFollowers(reader.id, page), [reader.id, 11]);
    expect(followers).toMatch(/follows_by_followed/);
    const following = await planOf(() => storage.follows.listFollowing(reader.id, page), [reader.id, 11]);
    expect(following).toMatch(/follows_by_follower/);
    const nickname = await planOf(() => storage.users.findByNickname('author7'), ['author7', 1]);
    expect(nickname).toMatch(/users_nickname_key/);
    const suggestions = await planOf(
      () => storage.users.listSuggestions(reader.id, 5),
      [reader.id, reader.id, 5],
    );
    expect(suggestions).toMatch(/users_by_followers/);
  });

  async function planOf(call: () => Promise<unknown>, values: unknown[]): Promise<string> {
    const [sql = ''] = await statementsOf(call);
    const wanted = sql.match(/\$\d+/g)?.length ?? 0;
    const plan = await storage.knex.raw(
      `explain ${sql.replace(/\$\d+/g, '?')}`,
      values.slice(0, wanted) as string[],
    );
    return plan.rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
  }
});
