import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { createDatabase, openSession, type Session, type TestDatabase } from './support/databases.ts';

const LIMIT = 200;

describe('statementLimit', () => {
  let database: TestDatabase;
  let locking: Session;
  let watching: Session;
  beforeAll(async () => {
    database = await createDatabase();
    const storage = postgresStorage({ connectionString: database.url });
    await migrate(storage);
    await storage.close();
    watching = await openSession(database.url);
  });
  beforeEach(async () => {
    locking = await openSession(database.url);
    await locking.query('begin');
    await locking.query('lock table microblog.users');
  });
  afterEach(() => locking.end());
  afterAll(async () => {
    await watching.end();
    await database.drop();
  });

  const list = (storage: PostgresStorage) => storage.users.list({ limit: 1 });
  const waiting = async () => {
    const rows = await watching.query(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length;
  };

  it('fails a slower statement, cancels it at the server, and closes its connection', async () => {
    const storage = postgresStorage({ connectionString: database.url, statementLimit: () => LIMIT });
    await expect(list(storage)).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('did not answer in time'),
      details: { remedy: expect.stringContaining('pg_stat_activity') },
    });
    await vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 5_000 });
    await locking.query('rollback');
    expect((await list(storage)).items).toEqual([]);
    expect(storage.pool()).toMatchObject({ size: 1, waiting: 0 });
    await storage.close();
  });

  it('ends the transaction of the statement, and does not wait for its ROLLBACK', async () => {
    const storage = postgresStorage({
      connectionString: database.url,
      poolSize: 1,
      statementLimit: () => LIMIT,
    });
    const cut = storage.transaction(({ users }) => users.list({ limit: 1 }));
    await expect(cut).rejects.toMatchObject({ code: 'storage_unavailable' });
    await locking.query('rollback');
    // The pool has one place: the closed connection does not occupy it.
    expect((await list(storage)).items).toEqual([]);
    await storage.close();
  });

  it('is read before each statement, so that some may take longer', async () => {
    let limit: number | null = null;
    const storage = postgresStorage({ connectionString: database.url, statementLimit: () => limit });
    const slow = list(storage);
    await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 5_000 });
    limit = LIMIT;
    await expect(list(storage)).rejects.toMatchObject({ code: 'storage_unavailable' });
    await locking.query('rollback');
    expect((await slow).items).toEqual([]);
    await storage.close();
  });

  it('is removed from a lent client when it returns to the pool', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    const storage = postgresStorage({ pool, statementLimit: () => LIMIT });
    await storage.query('select 1', []);
    const query = pool.query('select pg_sleep($1)', [(3 * LIMIT) / 1_000]);
    await expect(query).resolves.toMatchObject({ rowCount: 1 });
    await storage.close();
    await pool.end();
  });
});
