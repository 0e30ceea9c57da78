import { createMicroblog, type Microblog, type MicroblogEvent, type User, visitor } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import createKnex, { type Knex } from 'knex';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  migrate,
  type PostgresStorage,
  postgresJobQueue,
  postgresStorage,
  type Statement,
} from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

let database: TestDatabase;
let storage: PostgresStorage;
let ada: User;
let knex: Knex;
const statements: Statement[] = [];
const soon = { timeout: 20_000 };
const stopping: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({
    connectionString: database.url,
    onStatement: (statement) => statements.push(statement),
  });
  await migrate(storage);
  ada = await storage.users.insert(builders().user({ nickname: 'ada' }));
  knex = createKnex({ client: 'pg', connection: database.url, pool: { min: 0, max: 4 } });
  await knex.raw('create table orders (id int)');
});

afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop();
  await storage.query('delete from microblog.jobs', []);
});

afterAll(async () => {
  await knex.destroy();
  await storage.close();
  await database.drop();
});

/** The microblog of another process on the same database. */
function openMicroblog(on: PostgresStorage = storage): Microblog {
  const jobs = postgresJobQueue(on, { pollMilliseconds: 25 });
  const microblog = createMicroblog({ storage: on, jobs });
  stopping.push(() => microblog.stop({ graceMilliseconds: 0 }));
  return microblog;
}

const waiting = () =>
  storage.query<{ name: string; payload: object }>('select name, payload from microblog.jobs', []);

/** Ends the pauses of jobs. */
const makeDue = () => storage.query("update microblog.jobs set run_at = now() where state = 'waiting'", []);

describe('events in a durable queue', () => {
  it('reach the subscriber of a process that starts later', async () => {
    const before = openMicroblog();
    before.on('post.published', () => expect.fail('this process runs no jobs'), { subscriber: 'index' });
    const post = await before.posts.publish(ada, { body: 'Hello' });

    const after = openMicroblog();
    const received = Promise.withResolvers<MicroblogEvent<'post.published'>>();
    after.on('post.published', received.resolve, { subscriber: 'index' });
    await after.start();
    expect(await received.promise).toMatchObject({
      name: 'post.published',
      postId: post.id,
      authorId: ada.id,
    });
    await expect.poll(waiting, soon).toEqual([]);
  });

  it('wait until the process that runs jobs has their subscriber', async () => {
    const publisher = openMicroblog();
    publisher.on('post.published', () => {}, { subscriber: 'index' });
    publisher.on('post.published', () => {}, { subscriber: 'known' });
    const runner = openMicroblog();
    const known: string[] = [];
    runner.on('post.published', ({ postId }) => known.push(postId), { subscriber: 'known' });
    await runner.start();
    const post = await publisher.posts.publish(ada, { body: 'Hello' });
    await expect.poll(() => known, soon).toEqual([post.id]);
    await expect.poll(waiting, soon).toMatchObject([{ name: 'event.post.published.index' }]);
    const received = Promise.withResolvers<string>();
    runner.on('post.published', ({ postId }) => received.resolve(postId), { subscriber: 'index' });
    expect(await received.promise).toBe(post.id);
  });

  it('are delivered again only to the subscriber that threw', async () => {
    const microblog = openMicroblog();
    const [failing, other]: [string[], string[]] = [[], []];
    microblog.on('post.published', async ({ id }) => {
      failing.push(id);
      if (failing.length === 1) throw new Error('on purpose');
    });
    microblog.on('post.published', ({ id }) => other.push(id));
    await microblog.start();
    await microblog.posts.publish(ada, { body: 'Hello' });
    await expect
      .poll(async () => {
        await makeDue();
        return (await waiting()).length;
      })
      .toBe(0);
    expect(failing).toHaveLength(2);
    expect(other).toHaveLength(1);
    expect(new Set([...failing, ...other]).size).toBe(1);
  });

  it('cost nothing without a subscriber, and one statement for any number of them', async () => {
    const microblog = openMicroblog();
    const publishing = async () => {
      statements.length = 0;
      await microblog.posts.publish(ada, { body: 'Hello' });
      return statements.map(({ sql }) => sql);
    };
    expect(await publishing()).toHaveLength(1);
    for (let n = 0; n < 10; n++) microblog.on('post.published', () => {});
    expect(await publishing()).toHaveLength(2);
    expect(await waiting()).toHaveLength(10);
  });
});

describe('events of a transaction that the storage was lent', () => {
  const queues: [string, (lent: PostgresStorage) => Microblog][] = [
    ['jobs in that transaction', openMicroblog],
    ['jobs in memory', (lent) => createMicroblog({ storage: lent })],
  ];

  /** Publishes inside `trx`. The subscribers are those of the process's microblog, or of this one. */
  async function publishIn(
    trx: Knex.Transaction,
    open: (lent: PostgresStorage) => Microblog,
    received: string[],
  ) {
    const microblog = open(postgresStorage({ knex: trx }));
    microblog.on('post.published', ({ postId }) => received.push(postId), { subscriber: 'index' });
    return (await microblog.posts.publish(ada, { body: 'with an order' })).id;
  }

  /** The main microblog of the process, outside the transactions. */
  async function subscribed(): Promise<string[]> {
    const received: string[] = [];
    const microblog = openMicroblog();
    microblog.on('post.published', ({ postId }) => received.push(postId), { subscriber: 'index' });
    await microblog.start();
    return received;
  }

  const isThere = async (id: string) => {
    const { posts } = createMicroblog({ storage });
    return posts.show(visitor, id).then(
      () => true,
      () => false,
    );
  };

  describe.each(queues)('with %s', (_queue, open) => {
    it('are delivered after the host application has committed, not before', async () => {
      const received = await subscribed();
      const trx = await knex.transaction();
      await trx('orders').insert({ id: 1 });
      const id = await publishIn(trx, open, received);
      await trx('orders').insert({ id: 2 });
      expect(received).toEqual([]);
      await trx.commit();
      await expect.poll(() => received, soon).toEqual([id]);
      expect(await isThere(id)).toBe(true);
    });

    it.each<[string, (trx: Knex.Transaction) => unknown]>([
      ['rolled back', (trx) => trx.rollback()],
      ['rolled back for a reason', (trx) => trx.rollback(new Error('on purpose'))],
    ])('are not delivered if it was %s', async (_how, undo) => {
      const received = await subscribed();
      const trx = await knex.transaction();
      trx.executionPromise.catch(() => {});
      const undone = await publishIn(trx, open, received);
      await undo(trx);
      // An earlier event would arrive here before this one.
      const next = await knex.transaction((again) => publishIn(again, open, received));
      await expect.poll(() => received, soon).toEqual([next]);
      expect([await isThere(undone), await waiting()]).toEqual([false, []]);
    });

    it('are delivered from a released savepoint, but not from one that was rolled back', async () => {
      const received = await subscribed();
      const kept = await knex.transaction(async (trx) => {
        await trx
          .transaction(async (savepoint) => {
            await publishIn(savepoint, open, received);
            throw new Error('on purpose');
          })
          .catch(() => {});
        return trx.transaction((savepoint) => publishIn(savepoint, open, received));
      });
      await expect.poll(() => received, soon).toEqual([kept]);
      const outer = await knex.transaction();
      await outer.transaction((savepoint) => publishIn(savepoint, open, received));
      await outer.rollback();
      const last = await knex.transaction((again) => publishIn(again, open, received));
      await expect.poll(() => received, soon).toEqual([kept, last]);
    });
  });
});
