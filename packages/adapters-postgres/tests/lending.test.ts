import { silentLogger } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import createKnex from 'knex';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';
import { emptyPGlite } from './support/ready-databases.ts';

let database: TestDatabase;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await createDatabase();
  const storage = postgresStorage({ connectionString: database.url });
  await migrate(storage);
  await storage.knex.raw('create table orders (id int)');
  await storage.close();
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

afterAll(() => database.drop());

function opened(storage: PostgresStorage): PostgresStorage {
  closing.push(() => storage.close());
  return storage;
}

function hostKnex() {
  const knex = createKnex({ client: 'pg', connection: database.url, pool: { min: 0, max: 4 } });
  closing.push(() => knex.destroy());
  return knex;
}

function hostPool(settings: pg.PoolConfig = {}) {
  const pool = new pg.Pool({ connectionString: database.url, ...settings });
  closing.push(() => pool.end());
  return pool;
}

describe('a lent pool, knex or PGlite', () => {
  it('stays open: a pool', async () => {
    const pool = hostPool();
    const storage = postgresStorage({ pool });
    await storage.users.list({ limit: 1 });
    await storage.close();
    await storage.close();
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(pool.listenerCount('error')).toBe(0);
  });

  it('stays open: a pool, which also gets connections of running statements back', async () => {
    const pool = hostPool({ max: 2 });
    const storage = postgresStorage({ pool });
    const running = Array.from({ length: 6 }, () => storage.users.list({ limit: 1 }));
    await storage.close();
    await Promise.all(running);
    expect(pool.idleCount).toBe(pool.totalCount);
  });

  it('stays open: a knex instance', async () => {
    const knex = hostKnex();
    const storage = postgresStorage({ knex });
    await storage.users.list({ limit: 1 });
    await storage.close();
    expect((await knex.raw('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('stays open: a PGlite', async () => {
    const pglite = await emptyPGlite();
    closing.push(() => pglite.close());
    const storage = postgresStorage({ pglite });
    await migrate(storage);
    await storage.close();
    expect((await pglite.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('may have its own parsers of values', async () => {
    // As after `pg.types.setTypeParser`, but for one pool: ids are rounded, times stay texts.
    const types = { getTypeParser: (oid: number) => (oid === 20 ? Number : String) };
    const storage = opened(postgresStorage({ pool: hostPool({ types }) }));
    const user = builders(new Date('2026-03-01T10:00:00.123Z')).user({ nickname: 'reader', email: null });
    await storage.users.insert(user);
    expect(await storage.users.find(user.id)).toMatchObject(user);
  });

  it('is not used after the storage is closed', async () => {
    const storage = postgresStorage({ pool: hostPool() });
    await storage.close();
    await expect(storage.users.list({ limit: 1 })).rejects.toMatchObject({ code: 'storage_unavailable' });
    await expect(storage.transaction(async () => {})).rejects.toMatchObject({ code: 'storage_unavailable' });
  });
});

describe('a lent transaction', () => {
  const build = builders(new Date('2026-04-01T00:00:00Z'));
  const named = (nickname: string) => build.user({ nickname, email: `${nickname}@example.org` });

  it('commits the writes of the storage and of its owner together', async () => {
    const knex = hostKnex();
    const user = named('committed');
    await knex.transaction(async (trx) => {
      await trx('orders').insert({ id: 1 });
      await postgresStorage({ knex: trx }).users.insert(user);
    });
    expect(await knex('orders').where({ id: 1 })).toHaveLength(1);
    expect(await opened(postgresStorage({ knex })).users.find(user.id)).not.toBeNull();
  });

  it('rolls both back together', async () => {
    const knex = hostKnex();
    const user = named('undone');
    const trx = await knex.transaction();
    await trx('orders').insert({ id: 2 });
    const storage = postgresStorage({ knex: trx });
    await storage.transaction(({ users }) => users.insert(user));
    expect(await storage.users.find(user.id)).not.toBeNull();
    await trx.rollback();
    expect(await knex('orders').where({ id: 2 })).toHaveLength(0);
    expect(await opened(postgresStorage({ knex })).users.find(user.id)).toBeNull();
  });

  it('commits even if an afterCommit callback throws, and calls the others', async () => {
    const knex = hostKnex();
    const acts: string[] = [];
    const logged: unknown[] = [];
    const logger = { ...silentLogger, error: (details: object) => logged.push(details) };
    await knex.transaction(async (trx) => {
      await postgresStorage({ knex: trx, logger }).transaction(async ({ users, afterCommit }) => {
        await users.insert(named('acting'));
        afterCommit(() => {
          throw new Error('on purpose');
        });
        afterCommit(() => acts.push('after it'));
      });
      expect(acts).toEqual([]);
    });
    await vi.waitFor(() => expect(acts).toEqual(['after it']));
    expect(logged).toMatchObject([{ err: { message: 'on purpose' } }]);
    expect(await opened(postgresStorage({ knex })).users.findByNickname('acting')).not.toBeNull();
  });

  it('stays usable for its owner after a write that failed', async () => {
    const knex = hostKnex();
    const user = named('once');
    await knex.transaction(async (trx) => {
      const storage = postgresStorage({ knex: trx });
      await storage.users.insert(user);
      const again = storage.users.insert(build.user({ nickname: user.nickname }));
      await expect(again).rejects.toMatchObject({ code: 'nickname_taken' });
      await trx('orders').insert({ id: 3 });
    });
    expect(await knex('orders').where({ id: 3 })).toHaveLength(1);
  });
});

describe('a lent PGlite', () => {
  it('keeps the statements of its owner out of the transactions of the storage', async () => {
    const pglite = await emptyPGlite();
    closing.push(() => pglite.close());
    await pglite.exec('create table orders (id int)');
    const storage = opened(postgresStorage({ pglite }));
    await migrate(storage);
    let order: Promise<unknown> | undefined;
    const attempt = storage.transaction(async ({ users }) => {
      await users.insert(builders().user());
      order = pglite.query('insert into orders values (1)');
      await users.list({ limit: 1 });
      throw new Error('on purpose');
    });
    await expect(attempt).rejects.toThrow('on purpose');
    await order;
    expect((await pglite.query('select * from orders')).rows).toEqual([{ id: 1 }]);
    expect((await storage.users.list({ limit: 1 })).items).toEqual([]);
  });

  it('can be used by two storages at once', async () => {
    const pglite = await emptyPGlite();
    closing.push(() => pglite.close());
    const storages = ['one', 'two'].map((schema) => opened(postgresStorage({ pglite, schema })));
    for (const storage of storages) await migrate(storage);
    const attempts = storages.map((storage, index) =>
      storage.transaction(async ({ users }) => {
        const user = await users.insert(builders().user());
        if (index === 0) throw new Error('on purpose');
        return user.id;
      }),
    );
    const [failed, succeeded] = await Promise.allSettled(attempts);
    expect(failed?.status).toBe('rejected');
    expect(succeeded?.status).toBe('fulfilled');
    expect((await storages[1]?.users.list({ limit: 5 }))?.items).toHaveLength(1);
  });
});
