import {
  type AuthoredPost,
  type PageRequest,
  type PostId,
  silentLogger,
  type User,
  type UserId,
} from '@microblog/core';
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

/** Postgres plans a prepared statement for each call, or once for all values. Both plans must be good. */
const planning = ['force_custom_plan', 'force_generic_plan'] as const;

describe.each(planning)('plans of hot statements with %s', (mode) => {
  const pages: PageRequest[] = [{ limit: 25 }, { limit: 25, before: '15000' }, { limit: 25, after: '15000' }];

  it.each(pages)('home reads ids only from the covering index: %o', async (page) => {
    const text = await planOf(() => storage.posts.listHome(visiting(), page));
    expect(text).toMatch(/Index Only Scan.* using posts_by_author/);
    expect(text).toMatch(/Scan.* using users_suspended/);
    expect(text).not.toMatch(/Seq Scan on (posts|users|follows)/);
  });

  it.each(pages)(
    'the posts of all and of an author read a page and the suspended users: %o',
    async (page) => {
      const all = await planOf(() => storage.posts.listAll(visiting(), page));
      expect(all).toMatch(/Scan.* using posts_pkey/);
      const own = await planOf(() => storage.posts.listByAuthor(visiting(), '1005' as UserId, page));
      expect(own).toMatch(/Scan.* (using|on) posts_by_author/);
      for (const text of [all, own]) {
        expect(text).toMatch(/Scan.* using users_suspended/);
        expect(text).not.toMatch(/Seq Scan on (posts|users)/);
      }
    },
  );

  it('counts of newer posts, single posts and single users are read by index', async () => {
    const calls = [
      () => storage.posts.countAllNewer(visiting(), '15000', 51),
      () => storage.posts.countHomeNewer(visiting(), '15000', 51),
      () => storage.posts.find('5' as PostId),
      () => storage.posts.findMany(['5' as PostId]),
      () => storage.posts.findMany(['5' as PostId, '6' as PostId]),
      () => storage.users.findRelated(reader.id, 'author7'),
    ];
    // Of the few users, Postgres may read all.
    for (const call of calls) expect(await planOf(call)).not.toMatch(/Seq Scan on (posts|follows)/);
    expect(await planOf(() => storage.users.find(reader.id))).toMatch(/using users_pkey/);
    expect(await planOf(() => storage.users.findByNickname('author7'))).toMatch(/using users_nickname_key/);
  });

  async function planOf(call: () => Promise<unknown>): Promise<string> {
    await statementsOf(call);
    const [{ sql, bindings } = expect.fail('no statement ran')] = statements;
    const literal = (value: unknown) =>
      Array.isArray(value) ? `'{${value.join(',')}}'` : `'${String(value)}'`;
    return storage.knex.transaction(async (transaction) => {
      await transaction.raw(`set local plan_cache_mode = ${mode}`);
      await transaction.raw(`prepare planned as ${sql}`);
      const { rows } = await transaction.raw(
        `explain execute planned (${bindings().map(literal).join(', ')})`,
      );
      await transaction.raw('deallocate planned');
      return rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
    });
  }
});

describe('plans of other statements', () => {
  it('find followers and suggestions by index', async () => {
    const page = { limit: 10 };
    const followers = await planOf(() => storage.follows.listFollowers(reader.id, page), [reader.id, 11]);
    expect(followers).toMatch(/follows_by_followed/);
    const following = await planOf(() => storage.follows.listFollowing(reader.id, page), [reader.id, 11]);
    expect(following).toMatch(/follows_by_follower/);
    const suggestions = await planOf(
      () => storage.users.listSuggestions(reader.id, 5),
      [reader.id, reader.id, 5],
    );
    expect(suggestions).toMatch(/users_by_followers/);
  });

  async function planOf(call: () => Promise<unknown>, values: unknown[]): Promise<string> {
    const [sql = ''] = await statementsOf(call);
    const plan = await storage.knex.raw(`explain ${sql.replace(/\$\d+/g, '?')}`, values as string[]);
    return plan.rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
  }
});

describe('home of a reader who follows many', () => {
  // The number of follows decides how the page is read; the rows are the same.
  const asIfFollowing = (count: number) =>
    storage.knex.raw('update microblog.users set following_count = ? where id = ?', [count, reader.id]);
  afterAll(() => asIfFollowing(30));

  async function everyPage(limit: number) {
    const ids = (page: { readonly items: readonly AuthoredPost[] }) => page.items.map(({ post }) => post.id);
    const pages = [
      await storage.posts.listHome(visiting(), { limit }),
      await storage.posts.listHome(visiting(), { limit, before: '10000' }),
      await storage.posts.listHome(visiting(), { limit, before: '150' }),
      await storage.posts.listHome(visiting(), { limit, after: '10000' }),
      await storage.posts.listHome(visiting(), { limit, after: '19900' }),
    ];
    return [
      ...pages.map((page) => [ids(page), page.next, page.previous]),
      await storage.posts.countHomeNewer(visiting(), '19900', 10),
      await storage.posts.countHomeNewer(visiting(), undefined, limit),
    ];
  }

  it.each([3, 25, 100, 200])(
    'has the same pages as that of a reader who follows few: %d posts',
    async (limit) => {
      await asIfFollowing(30);
      const few = await everyPage(limit);
      await asIfFollowing(201);
      expect(await everyPage(limit)).toEqual(few);
    },
  );

  it('leaves out suspended authors, and fills the page with others', async () => {
    await storage.knex.raw('update microblog.users set suspended_at = now() where id in (1002, 1005, 1009)');
    try {
      await asIfFollowing(30);
      const few = await everyPage(25);
      await asIfFollowing(201);
      const many = await everyPage(25);
      expect(many).toEqual(few);
      const { items } = await storage.posts.listHome(visiting(), { limit: 25 });
      expect(items).toHaveLength(25);
      expect(items.some(({ author }) => author.suspendedAt !== null)).toBe(false);
    } finally {
      await storage.knex.raw('update microblog.users set suspended_at = null');
    }
  });
});
