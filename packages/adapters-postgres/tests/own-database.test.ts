import {
  type ArchiveBatch,
  type ArchiveContent,
  createMicroblog,
  type Microblog,
  memoryStorage,
  operator,
  type Storage,
} from '@microblog/core';
import { recordingMailer } from '@microblog/core/testing';
import createKnex, { type Knex } from 'knex';
import { knexSnakeCaseMappers } from 'objection';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  migrate,
  migrationStatus,
  type PostgresStorage,
  postgresJobQueue,
  postgresStorage,
  rollback,
} from '../src/index.ts';
import { catalogueOf } from './support/catalogue.ts';
import { createDatabase, openSession, type Session, type TestDatabase } from './support/databases.ts';

/** A shop whose tables have the same names as ours, in `public` and in a second schema. */
const SHOP = ['public', 'shop'].flatMap((schema) => [
  `create schema if not exists ${schema}`,
  `create table ${schema}.users (id serial primary key, name text not null)`,
  `create table ${schema}.posts (id int, body text)`,
  `create table ${schema}.follows (id int)`,
  `create table ${schema}.identities (id int)`,
  `create table ${schema}.credentials (id int)`,
  `create table ${schema}.migrations (id int, applied boolean)`,
  `create table ${schema}.queue (name text)`,
  `create table ${schema}.job (name text)`,
  `create table ${schema}.orders (id int primary key, buyer text)`,
  `create type ${schema}.job_state as enum ('made', 'sold')`,
  `create function ${schema}.count_posts() returns int language sql as 'select 7'`,
  `insert into ${schema}.users (name) values ('ada'), ('ben')`,
  `insert into ${schema}.migrations values (1, true)`,
]);

let database: TestDatabase;
let session: Session;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
  session = await openSession(database.url);
  for (const statement of SHOP) await session.query(statement);
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

afterAll(async () => {
  await session.end();
  await database.drop();
});

/** The structure and the rows of the shop. */
async function shop() {
  const rows = await session.query(
    `select table_schema || '.' || table_name as name,
            query_to_xml(format('select * from %I.%I', table_schema, table_name), true, true, '')::text as content
       from information_schema.tables where table_schema in ('public', 'shop') order by 1`,
  );
  return { structure: await catalogueOf(session, `not like 'microblog%'`), rows };
}

function hostPool(settings: pg.PoolConfig = {}) {
  const pool = new pg.Pool({ connectionString: database.url, ...settings });
  closing.push(() => pool.end());
  return pool;
}

function hostKnex(settings: Partial<Knex.Config> = {}) {
  const knex = createKnex({
    client: 'pg',
    connection: database.url,
    pool: { min: 0, max: 4 },
    ...settings,
  });
  closing.push(() => knex.destroy());
  return knex;
}

/** A microblog with every feature on Postgres, made by plain constructor calls. */
function blogOn(storage: PostgresStorage) {
  const mailer = recordingMailer();
  const jobs = postgresJobQueue(storage, { pollMilliseconds: 20 });
  return { ...createMicroblog({ storage, jobs, mailer }), mailer };
}

let people = 0;

/** Two users of the shop. The first follows the second, who gets a mail about it, and writes a post. */
async function live({ users, follows, posts, timelines }: Microblog, storage: Storage) {
  const [first, second] = [++people, ++people];
  const names = [first, second].map((number) => `person${number}`) as [string, string];
  const { user } = await users.provision(operator, { externalId: first, nickname: names[0] });
  const other = { externalId: second, nickname: names[1], email: `${names[1]}@example.org` };
  await users.provision(operator, [other]);
  await follows.follow(user, names[1]);
  await posts.publish(user, { body: `by ${names[0]}` });
  expect((await timelines.home(user)).items.map(({ post }) => post.body)).toEqual([`by ${names[0]}`]);
  const failing = storage.transaction(async (inside) => {
    await inside.users.update(user.id, { aboutMe: 'never' });
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  return { user, names };
}

/** All content in memory: with one connection, nothing can be loaded while a snapshot is read. */
async function kept(storage: PostgresStorage): Promise<ArchiveContent> {
  return storage.snapshot(async (content) => {
    const all: ArchiveBatch[] = [];
    for await (const batch of content.batches()) all.push(batch);
    return {
      ...content,
      async *batches() {
        yield* all;
      },
    };
  });
}

/**
 * Everything about this connection that a statement of the host could notice, except prepared statements with our own
 * names.
 */
const SESSION_STATE = `
  select current_setting('search_path') as search_path, current_setting('timezone') as timezone,
         current_setting('application_name') as application_name, current_setting('role') as role,
         current_setting('default_transaction_isolation') as isolation,
         current_setting('statement_timeout') as statement_timeout,
         current_setting('idle_in_transaction_session_timeout') as idle_timeout,
         (select count(*) from pg_prepared_statements where name not like 'microblog_%')::text as prepared,
         (select count(*) from pg_cursors where is_holdable)::text as cursors,
         (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())::text as locks,
         (select count(*) from pg_class where relnamespace = pg_my_temp_schema())::text as temporary,
         (select count(*) from pg_listening_channels())::text as channels`;

describe('a pool of the host', () => {
  it('is unchanged after a microblog has used it: sessions, parsers, listeners, tables', async () => {
    const before = await shop();
    const types = { getTypeParser: (oid: number) => (oid === 20 ? Number : String) };
    const pool = hostPool({ max: 1, application_name: 'shop', types });
    const listeners = () =>
      Object.fromEntries(pool.eventNames().map((event) => [event, pool.listenerCount(event)]));
    pool.on('error', () => {});
    const client = await pool.connect();
    await client.query(`set search_path = shop, public; set timezone = 'America/Montevideo'`);
    const state = (await client.query(SESSION_STATE)).rows;
    const ofClient = () => client.eventNames().map((event) => [event, client.listenerCount(event)]);
    const [poolListeners, clientListeners] = [listeners(), ofClient()];
    const parser = pg.types.getTypeParser(20);
    client.release();

    const storage = postgresStorage({ pool });
    await migrate(storage);
    const blog = blogOn(storage);
    const { user, names } = await live(blog, storage);
    await blog.jobs.start(blog.jobHandlers);
    await expect
      .poll(() => blog.mailer.sent.flatMap(({ to }) => to), { timeout: 20_000 })
      .toContain(`${names[1]}@example.org`);
    await blog.jobs.stop();
    await storage.load(await kept(storage), { replace: true });
    expect(await storage.users.find(user.id)).toMatchObject({ postCount: 1, followingCount: 1 });
    await storage.close();

    expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([1, 1, 0]);
    expect(await pool.connect()).toBe(client);
    expect((await client.query(SESSION_STATE)).rows).toEqual(state);
    expect((await client.query('select 9::int8 as n, now() as at')).rows[0]).toMatchObject({
      n: 9,
      at: expect.any(String),
    });
    expect((await client.query('select name from users order by id')).rows).toEqual([
      { name: 'ada' },
      { name: 'ben' },
    ]);
    expect([listeners(), ofClient()]).toEqual([poolListeners, clientListeners]);
    client.release();
    expect(pg.types.getTypeParser(20)).toBe(parser);
    expect(await shop()).toEqual(before);
  });

  it('is used only for tables of the microblog, with any search path', async () => {
    for (const path of ['shop', 'public', 'microblog', '""']) {
      const pool = hostPool({ max: 1, options: `-c search_path=${path}` });
      const storage = postgresStorage({ pool });
      await migrate(storage);
      await live(blogOn(storage), storage);
    }
  });

  it('keeps its tables when the microblog is removed completely', async () => {
    const before = await shop();
    const storage = postgresStorage({ pool: hostPool(), schema: 'microblog_b' });
    await migrate(storage);
    await live(blogOn(storage), storage);
    while ((await rollback(storage)) !== null);
    expect(await catalogueOf(session, `like 'microblog_b%'`)).toEqual([]);
    expect(await shop()).toEqual(before);
  });
});

describe('a knex of the host', () => {
  it('is unchanged: settings, listeners, results of its own statements', async () => {
    const before = await shop();
    const knex = hostKnex({ searchPath: ['shop'], ...knexSnakeCaseMappers() });
    const events = ['query', 'query-error', 'query-response', 'start'];
    const listeners = () => events.map((event) => knex.listenerCount(event));
    const [were, config] = [listeners(), { ...knex.client.config }];
    const storage = postgresStorage({ knex });
    await migrate(storage);
    const blog = blogOn(storage);
    const { user, names } = await live(blog, storage);
    await blog.jobs.start(blog.jobHandlers);
    await expect
      .poll(() => blog.mailer.sent.flatMap(({ to }) => to), { timeout: 20_000 })
      .toContain(`${names[1]}@example.org`);
    await blog.jobs.stop();
    await storage.load(await kept(storage), { replace: true });
    expect(await storage.users.find(user.id)).toMatchObject({ id: user.id, createdAt: user.createdAt });
    await storage.close();
    expect(listeners()).toEqual(were);
    expect(knex.client.config).toEqual(config);
    expect(await knex('users').pluck('name')).toEqual(['ada', 'ben']);
    expect(await knex.raw('show search_path').then(({ rows }) => rows)).toEqual([{ search_path: 'shop' }]);
    expect(await shop()).toEqual(before);
  });

  it('migrates from the host’s own code, also in its transaction, but not if that is rolled back', async () => {
    const knex = hostKnex();
    const trx = await knex.transaction();
    const inside = postgresStorage({ knex: trx, schema: 'microblog_c' });
    expect((await migrate(inside)).length).toBeGreaterThan(2);
    await live(blogOn(inside), inside);
    await trx.rollback();
    const storage = postgresStorage({ knex, schema: 'microblog_c' });
    expect((await migrationStatus(storage)).applied).toEqual([]);
    expect(await catalogueOf(session, `like 'microblog_c%'`)).toEqual([]);
    await knex.transaction((again) => migrate(postgresStorage({ knex: again, schema: 'microblog_c' })));
    expect((await migrationStatus(storage)).pending).toEqual([]);
  });
});

describe('an order of the host, with a post, a follow and a mail', () => {
  let order = 0;

  /**
   * Buys something in one transaction: writes the order, the buyer's post, a follow, and the job for the mail about it.
   */
  async function buy(knex: Knex, ending: 'commit' | 'rollback') {
    const number = ++order;
    const trx = await knex.transaction();
    await trx('shop.orders').insert({ id: number, buyer: 'ada' });
    const storage = postgresStorage({ knex: trx });
    const { names } = await live(blogOn(storage), storage);
    await trx[ending]();
    await storage.close();
    return { number, names };
  }

  async function found(number: number, [buyer, followed]: readonly [string, string]) {
    const statements = [
      `select from shop.orders where id = ${number}`,
      `select from microblog.posts where body = 'by ${buyer}'`,
      `select from microblog.follows join microblog.users on users.id = followed_id
        where nickname = '${followed}'`,
      `select from microblog.jobs join microblog.users on users.id::text = payload->>'followedId'
        where nickname = '${followed}'`,
      `select from microblog.identities join microblog.users on users.id = user_id
        where users.nickname in ('${buyer}', '${followed}')`,
    ];
    const counts = [];
    for (const statement of statements) counts.push((await session.query(statement)).length);
    return counts;
  }

  it('exist together after a commit, and the mail is sent', async () => {
    const knex = hostKnex();
    const storage = postgresStorage({ knex });
    await migrate(storage);
    await session.query('delete from microblog.jobs');
    const { number, names } = await buy(knex, 'commit');
    expect(await found(number, names)).toEqual([1, 1, 1, 1, 2]);
    const blog = blogOn(storage);
    await blog.jobs.start(blog.jobHandlers);
    await expect
      .poll(() => blog.mailer.sent.map(({ to }) => to), { timeout: 20_000 })
      .toEqual([[`${names[1]}@example.org`]]);
    await blog.jobs.stop();
  });

  it('do not exist after a rollback', async () => {
    const knex = hostKnex();
    await migrate(postgresStorage({ knex }));
    const { number, names } = await buy(knex, 'rollback');
    expect(await found(number, names)).toEqual([0, 0, 0, 0, 0]);
    const jobs = await session.query(`select payload from microblog.jobs where payload->>'quiet' is null`);
    expect(jobs).toEqual([]);
  });

  it('notify subscribers of the host’s one microblog at once after the commit, and never after a rollback', async () => {
    const knex = hostKnex();
    const storage = postgresStorage({ knex });
    await migrate(storage);
    // So long that polling can't have found the events.
    const jobs = postgresJobQueue(storage, { pollMilliseconds: 60_000 });
    const blog = createMicroblog({ storage, jobs }, { postMaxLength: 200 });
    const received: string[] = [];
    blog.on('post.published', ({ postId }) => received.push(postId), { subscriber: 'shop' });
    await blog.start();
    closing.push(() => blog.stop());
    const profile = { externalId: ++people, nickname: `person${people}` };
    const order = async (item: string) => {
      const trx = await knex.transaction();
      const { users, posts } = blog.within(postgresStorage({ knex: trx }));
      const { user } = await users.provision(operator, profile);
      return { trx, post: await posts.publish(user, { body: item.padEnd(150, '!') }) };
    };
    const undone = await order('a unicorn');
    await undone.trx.rollback();
    const done = await order('a loom');
    expect(received).toEqual([]);
    await done.trx.commit();
    await expect.poll(() => received, { timeout: 20_000 }).toEqual([done.post.id]);
    // Jobs that the application enqueues directly, too.
    const trx = await knex.transaction();
    const event = {
      id: crypto.randomUUID(),
      name: 'post.published',
      occurredAt: new Date().toISOString(),
      postId: '1',
      authorId: '2',
    };
    const job = { name: 'event.post.published.shop', payload: event };
    await jobs.within?.(postgresStorage({ knex: trx })).enqueue(job);
    await trx.commit();
    await expect.poll(() => received, { timeout: 20_000 }).toEqual([done.post.id, '1']);
  });

  it('cannot be in one schema and its jobs in another', async () => {
    const knex = hostKnex();
    const storage = postgresStorage({ knex });
    const blog = createMicroblog({ storage, jobs: postgresJobQueue(storage) });
    const elsewhere = postgresStorage({ knex, schema: 'microblog_d' });
    expect(() => blog.within(elsewhere)).toThrow(/'microblog', .* 'microblog_d': give both the same schema/);
    expect(() => blog.within(memoryStorage())).toThrow(/one of postgresStorage/);
  });

  it('can share a transaction on a plain pool, through a knex that borrows it', async () => {
    const pool = hostPool();
    await migrate(postgresStorage({ pool }));
    const knex = createKnex({ client: 'pg', connectionPool: pool });
    const committed = await buy(knex, 'commit');
    const undone = await buy(knex, 'rollback');
    expect((await found(committed.number, committed.names)).slice(0, 3)).toEqual([1, 1, 1]);
    expect(await found(undone.number, undone.names)).toEqual([0, 0, 0, 0, 0]);
    await knex.destroy();
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(pool.idleCount).toBe(pool.totalCount);
  });
});
