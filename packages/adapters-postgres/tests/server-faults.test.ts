import { createServer } from 'node:net';
import { builders } from '@microblog/core/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage, requireWritable } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  const storage = postgresStorage({ connectionString: database.url });
  await migrate(storage);
  await storage.close();
});

afterAll(() => database.drop());

describe('a server that restarts', () => {
  it('fails only the running statements of a storage with its own pool', async () => {
    const storage = postgresStorage({ connectionString: database.url, poolSize: 3 });
    await survivesLostConnections(storage);
    await storage.close();
  });

  it('fails only the running statements of a storage with a lent pool', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 3 });
    const storage = postgresStorage({ pool });
    await survivesLostConnections(storage);
    await storage.close();
    await pool.end();
  });

  async function survivesLostConnections(storage: PostgresStorage): Promise<void> {
    const listOnce = () => storage.users.list({ limit: 1 });
    await Promise.all([listOnce(), listOnce(), listOnce()]);
    await endConnections();
    await vi.waitFor(listOnce, { timeout: 5_000 });
    await Promise.all([listOnce(), listOnce(), listOnce()]);

    const cut = storage.transaction(async ({ users }) => {
      await users.insert(builders().user());
      await endConnections();
      await users.list({ limit: 1 });
    });
    await expect(cut).rejects.toMatchObject({ code: 'storage_unavailable' });
    await vi.waitFor(async () => expect((await listOnce()).items).toEqual([]), { timeout: 5_000 });
  }
});

describe('a server that cannot be used', () => {
  it('is reported with a remedy: nothing listens', async () => {
    const port = await unusedPort();
    const error = await failure(`postgres://ada:secret@127.0.0.1:${port}/blog`);
    expect(error.message).toContain(`127.0.0.1:${port}/blog`);
    expect(error.message).toContain('Start the Postgres server');
  });

  it('is reported with a remedy: no such host', async () => {
    const error = await failure('postgres://ada:secret@nowhere.invalid/blog');
    expect(error.message).toContain('nowhere.invalid:5432/blog');
    expect(error.message).toMatch(/host/);
  });

  it('is reported with a remedy: a wrong password', async () => {
    const url = new URL(database.url);
    url.password = 'secret';
    const error = await failure(url.href);
    expect(error.message).toContain('Correct user and password');
  });

  it('is reported with a remedy: no such database', async () => {
    const url = new URL(database.url);
    url.pathname = '/absent';
    url.password = url.password || 'secret';
    const error = await failure(url.href);
    expect(error.message).toContain('createdb');
  });

  it('is reported with a remedy: no TLS', async () => {
    const url = new URL(database.url);
    url.searchParams.set('sslmode', 'no-verify');
    const error = await failure(url.href);
    expect(error.message).toContain('sslmode=disable');
  });

  it('times out if it accepts connections but does not answer', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = await failure(`postgres://ada:secret@127.0.0.1:${port}/blog`);
    expect(error.message).toContain('does not answer');
    silent.close();
  });

  it('reports that all connections of the pool are in use', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    const client = await pool.connect();
    // Not for the first connection: making it may take longer than this test should wait for one of the pool.
    pool.options.connectionTimeoutMillis = 100;
    const storage = postgresStorage({ pool });
    await expect(storage.users.list({ limit: 1 })).rejects.toMatchObject({
      code: 'storage_unavailable',
      message: expect.stringContaining('DATABASE_POOL'),
    });
    client.release();
    await storage.close();
    await pool.end();
  });

  async function failure(connectionString: string): Promise<Error> {
    const storage = postgresStorage({ connectionString });
    const error: unknown = await storage.users.list({ limit: 1 }).catch((reason: unknown) => reason);
    await storage.close();
    expect(error).toMatchObject({ code: 'storage_unavailable', details: { remedy: expect.any(String) } });
    if (!(error instanceof Error)) throw new Error('no error');
    expect(error.message).not.toContain('secret');
    expect(error.message).not.toContain('\n');
    return error;
  }
});

describe('a server that is read-only', () => {
  it('is reported as such: it can be read, writes say why they fail, and later ones succeed', async () => {
    const own = await createDatabase();
    const pool = new pg.Pool({ connectionString: own.url, max: 1 });
    const storage = postgresStorage({ pool });
    await migrate(storage);
    await requireWritable(storage);
    await pool.query('set default_transaction_read_only = on');
    const author = builders().user();
    await expect(storage.users.insert(author)).rejects.toMatchObject({ code: 'storage_read_only' });
    await expect(requireWritable(storage)).rejects.toMatchObject({
      code: 'storage_read_only',
      details: { remedy: expect.any(String) },
    });
    expect((await storage.users.list({ limit: 1 })).items).toEqual([]);
    await pool.query('set default_transaction_read_only = off');
    await storage.users.insert(author);
    await storage.close();
    await pool.end();
    await own.drop();
  });
});

describe('options of a storage', () => {
  it('take postgres:// and postgresql:// alike', async () => {
    for (const scheme of ['postgres:', 'postgresql:']) {
      const connectionString = database.url.replace(/^postgres(ql)?:/, scheme);
      const storage = postgresStorage({ connectionString });
      expect((await storage.users.list({ limit: 1 })).items).toEqual([]);
      await storage.close();
    }
  });

  it('are refused if they are invalid, without showing a password', () => {
    const wrong = [
      { connectionString: 'postgres://ada:secret@host:port/blog' },
      { connectionString: database.url, schema: 'a"b' },
      { connectionString: database.url, schema: 'pg_own' },
    ];
    for (const options of wrong) {
      const open = () => postgresStorage(options);
      expect(open).toThrow(expect.objectContaining({ code: 'invalid_input' }));
      expect(open).not.toThrow(/secret/);
    }
  });
});

describe('a value that Postgres cannot store', () => {
  it('fails, and the storage still works', async () => {
    const storage = postgresStorage({ connectionString: database.url });
    const build = builders(new Date('2026-05-01T00:00:00Z'));
    const author = await storage.users.insert(build.user());
    const post = build.post(author.id, { body: 'a\u0000b' });
    const error: unknown = await storage.posts.insert(post).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'storage_failed', cause: expect.any(Error) });
    expect(String(error)).not.toContain('a\u0000b');
    await storage.posts.insert({ ...post, body: 'ab' });
    await storage.close();
  });
});

/** The effect of a server restart on its clients. */
async function endConnections(): Promise<void> {
  const name = new URL(database.url).pathname.slice(1);
  const admin = new pg.Client(inject('postgresUrl'));
  await admin.connect();
  await admin.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [
    name,
  ]);
  await admin.end();
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
