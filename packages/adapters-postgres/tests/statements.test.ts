import { type PageRequest, silentLogger, type User } from '@microblog/core';
import {
  builders,
  outcomeOf,
  plantWorld,
  type ReadSample,
  repositoryContracts,
  type SampleWorld,
  type WriteSample,
} from '@microblog/core/testing';
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

/** A reader who may not read posts of suspended members. */
const visiting = () => ({ id: reader.id, readsSuspended: false });

async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  statements.length = 0;
  await work();
  return statements.map(({ sql }) => sql);
}

describe('one call is one statement', () => {
  const page: PageRequest = { limit: 10 };
  /** Calls that need more than one statement, with the reason. */
  const exceptions: Readonly<Record<string, string>> = {
    'users.hasAdminBeside': 'takes a lock first, and must read after it',
  };
  const samples = Object.entries(repositoryContracts).flatMap(([name, { samples }]) =>
    Object.entries<ReadSample | WriteSample>(samples.calls).map(([method, sample]) => ({
      name: `${name}.${method}`,
      // Rolled back, so that the order of the calls does not matter.
      call: () =>
        outcomeOf(storage, (inside) => ('read' in sample ? sample.read : sample.write)(inside, world)),
    })),
  );
  const others: Readonly<Record<string, () => Promise<unknown>>> = {
    'posts.listHome before': () => storage.posts.listHome(visiting(), { limit: 10, before: '5000' }),
    'posts.listHome after': () => storage.posts.listHome(visiting(), { limit: 10, after: '5000' }),
    'posts.listHome of many': () => storage.posts.listHome(visiting(), page),
  };
  const calls = [...samples, ...Object.entries(others).map(([name, call]) => ({ name, call }))].filter(
    ({ name }) => !(name in exceptions),
  );
  let world: SampleWorld;
  beforeAll(async () => {
    world = await plantWorld(storage, builders(new Date('2026-05-01T00:00:00.000Z')));
    for (const { samples } of Object.values(repositoryContracts)) await samples.plant(storage, world);
  });

  it.each(calls)('$name', async ({ call }) => {
    const ran = await statementsOf(call);
    expect(ran).toHaveLength(1);
    expect(ran[0]).not.toMatch(/count\(|offset/i);
  });
});

describe('onStatement', () => {
  it('has its duration, and shows no value', async () => {
    await statementsOf(() => storage.users.findByEmail('secret@example.org'));
    expect(statements[0]?.milliseconds).toBeGreaterThan(0);
    expect(statements[0]?.sql).not.toContain('secret');
  });

  it('returns the values on request', async () => {
    await statementsOf(() => storage.users.findByEmail('secret@example.org'));
    expect(statements[0]?.bindings()).toContain('secret@example.org');
  });

  it('is logged if it throws, and the call succeeds', async () => {
    const logged: unknown[] = [];
    const observed = postgresStorage({
      connectionString: database.url,
      logger: { ...silentLogger, error: (details) => logged.push(details) },
      onStatement: () => {
        throw new Error('on purpose');
      },
    });
    try {
      expect((await observed.users.find(reader.id))?.id).toBe(reader.id);
      expect(logged).toMatchObject([{ err: { message: 'on purpose' } }]);
    } finally {
      await observed.close();
    }
  });

  it('is called for failed statements and for those in transactions', async () => {
    const failed = await statementsOf(() => storage.users.insert(reader).catch(() => {}));
    expect(failed).toHaveLength(1);
    const inside = await statementsOf(() => storage.transaction(({ users }) => users.find(reader.id)));
    expect(inside).toHaveLength(1);
  });
});

describe('the plan of the home timeline', () => {
  const pages: PageRequest[] = [{ limit: 25 }, { limit: 25, before: '15000' }, { limit: 25, after: '15000' }];
  it.each(pages)('reads the ids only from the covering index: %o', async (page) => {
    const text = await planOf(
      () => storage.posts.listHome(visiting(), page),
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
    expect(text).toMatch(/Scan.* using users_suspended/);
    expect(text).not.toMatch(/Seq Scan on (posts|users)/);
  });

  it.each(pages)('of all posts reads only the suspended users: %o', async (page) => {
    const values = [page.before ?? page.after, page.limit + 1].filter((value) => value !== undefined);
    const text = await planOf(() => storage.posts.listAll(visiting(), page), values);
    expect(text).toMatch(/Scan.* using posts_pkey/);
    expect(text).toMatch(/Scan.* using users_suspended/);
    expect(text).not.toMatch(/Seq Scan on (posts|users)/);
  });

  it('finds users, followers and suggestions by index', async () => {
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
