import { silentLogger, type UserId } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate, type PoolOptions, type PostgresStorage, postgresStorage } from '../src/index.ts';
import type { TestDatabase } from './support/databases.ts';
import { createMigratedDatabase } from './support/ready-databases.ts';

/** What `pg` knows of one connection. */
interface Bookkeeping {
  readonly connection: { parsedStatements: Record<string, string> };
}

const OURS = `select name, statement from pg_prepared_statements where name like 'microblog_%'`;

describe('prepared statements', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  let reader: UserId;
  const warnings: string[] = [];
  const build = builders();

  beforeAll(async () => {
    database = await createMigratedDatabase();
    const storage = postgresStorage({ connectionString: database.url });
    reader = (await storage.users.insert(build.user({ nickname: 'reader' }))).id;
    await storage.close();
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    warnings.length = 0;
    pool = new pg.Pool({ connectionString: database.url, max: 1 });
  });
  afterEach(() => pool.end());

  function storageOn(options: PoolOptions = {}): PostgresStorage {
    const logger = {
      ...silentLogger,
      warn: (_details: object, message: string) => void warnings.push(message),
    };
    return postgresStorage({ pool, logger, ...options });
  }
  const find = async (storage: PostgresStorage) => (await storage.users.find(reader))?.nickname;
  const prepared = async () => (await pool.query(OURS)).rows.length;

  it('are parsed once by each connection, and used in transactions too', async () => {
    const storage = storageOn();
    for (let time = 0; time < 3; time++) expect(await find(storage)).toBe('reader');
    expect(await storage.transaction(({ users }) => users.find(reader))).toMatchObject({ id: reader });
    expect(await prepared()).toBe(1);
  });

  it('of storages with different schemas share a connection', async () => {
    const other = storageOn({ schema: 'other' });
    await migrate(other);
    await other.users.insert(build.user({ id: reader, nickname: 'another' }));
    const storage = storageOn();
    expect([await find(storage), await find(other)]).toEqual(['reader', 'another']);
    expect([await find(storage), await find(other)]).toEqual(['reader', 'another']);
    expect(await prepared()).toBe(2);
  });

  it('are not used if the option says so', async () => {
    const storage = storageOn({ prepareStatements: false });
    expect(await find(storage)).toBe('reader');
    expect(await prepared()).toBe(0);
  });

  it('may be dropped by others: the statement runs again, and the log names the remedy once', async () => {
    const storage = storageOn();
    await find(storage);
    await pool.query('deallocate all');
    expect(await find(storage)).toBe('reader');
    expect(await find(storage)).toBe('reader');
    expect(await prepared()).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('DATABASE_PREPARE=false')]);
  });

  it('may be dropped while several statements run: all of them run again', async () => {
    await pool.end();
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
    const storage = storageOn();
    const both = () => Promise.all([find(storage), find(storage)]);
    await both();
    const clients = [await pool.connect(), await pool.connect()];
    for (const client of clients) await client.query('deallocate all');
    for (const client of clients) client.release();
    expect(await both()).toEqual(['reader', 'reader']);
    expect(warnings).toHaveLength(1);
  });

  it('of another client under the same name are not run', async () => {
    const storage = storageOn();
    await find(storage);
    // As behind a pooler: another client of it has used this connection, so this client does not know the statement.
    const client = await pool.connect();
    (client as unknown as Bookkeeping).connection.parsedStatements = {};
    client.release();
    expect(await find(storage)).toBe('reader');
    expect(warnings).toHaveLength(1);
  });

  it('that were lost end their transaction, and the next one succeeds', async () => {
    const storage = storageOn();
    await find(storage);
    await pool.query('deallocate all');
    const change = () => storage.transaction(({ users }) => users.find(reader));
    await expect(change()).rejects.toMatchObject({ code: 'storage_failed', details: { sqlState: '26000' } });
    expect(await change()).toMatchObject({ id: reader });
  });

  it('are parsed again if a table was missing at first', async () => {
    const storage = storageOn({ schema: 'later' });
    await expect(find(storage)).rejects.toMatchObject({ code: 'migrations_pending' });
    await migrate(storage);
    expect(await find(storage)).toBeUndefined();
  });
});

describe('a pooler that changes connections', () => {
  it('stops preparation, and every statement returns its rows', async () => {
    const database = await createMigratedDatabase();
    const clients = [0, 1].map(() => new pg.Client({ connectionString: database.url }));
    for (const client of clients) await client.connect();
    // The client of a pooler takes all these sessions for one.
    const parsedStatements = {};
    let next = 0;
    const connect = async () => {
      const client = clients[next++ % 2] as pg.Client;
      (client as unknown as Bookkeeping).connection.parsedStatements = parsedStatements;
      return Object.assign(client, { release: () => {} });
    };
    const pool = Object.assign(new pg.Pool({ connectionString: database.url }), { connect });
    const storage = postgresStorage({ pool: pool as unknown as pg.Pool, logger: silentLogger });
    const author = await storage.users.insert(builders().user());
    for (let time = 0; time < 4; time++) {
      expect(await storage.users.findByNickname(author.nickname)).toMatchObject({ id: author.id });
      await storage.posts.insert(builders(new Date(2026, 1, 1 + time)).post(author.id));
    }
    expect(
      (await storage.posts.listAll({ id: null, readsSuspended: false }, { limit: 9 })).items,
    ).toHaveLength(4);
    await storage.close();
    for (const client of clients) await client.end();
    await database.drop();
  });
});
