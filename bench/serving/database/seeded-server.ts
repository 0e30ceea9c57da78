import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { migrate, postgresStorage } from '@microblog/adapters-postgres';
import pg from 'pg';
import { startPostgresServer } from '../../../tests/support/postgres-server.ts';
import { cachedFolder, seedName } from './cache.ts';
import { seed } from './seed.ts';
import type { SeedSize } from './size.ts';

/** A database with the rows of a size, for one run. */
export interface SeededDatabase {
  readonly url: string;
  /** The name of the rows, the same in each run. */
  readonly seed: string;
  drop(): Promise<void>;
}

/** Memory as in a Postgres that nobody configured; little WAL, since it is copied with the data directory. */
const settings = {
  shared_buffers: '128MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
};

/** A new database on the server of `TEST_DATABASE_URL`, or on a new server from the tests' own binaries. */
export async function openSeededDatabase(size: SeedSize): Promise<SeededDatabase> {
  const given = process.env.TEST_DATABASE_URL;
  const name = await seedName(size);
  return given ? await onGivenServer(given, name, size) : await onNewServer(name, size);
}

async function onNewServer(name: string, size: SeedSize): Promise<SeededDatabase> {
  const folder = await cachedFolder(name, 'server', async (path) => {
    const server = await startPostgresServer({ settings });
    try {
      await fillNewDatabase(server.url, name, size);
      await server.restart(async () => {
        while (existsSync(join(server.dataDirectory, 'postmaster.pid'))) await wait(20);
        await cp(server.dataDirectory, path, { recursive: true });
      });
    } finally {
      await server.stop();
    }
  });
  const server = await startPostgresServer({ settings, copyOf: folder });
  return { url: addressOf(server.url, name), seed: name, drop: () => server.stop() };
}

async function onGivenServer(url: string, name: string, size: SeedSize): Promise<SeededDatabase> {
  const [found] = await run(url, `select from pg_database where datname = '${name}'`);
  if (found === undefined) {
    const unfinished = `${name}_new`;
    await run(url, `drop database if exists ${unfinished} with (force)`);
    await fillNewDatabase(url, unfinished, size);
    await run(url, `alter database ${unfinished} rename to ${name}`);
  }
  const copy = `${name}_${randomUUID().slice(0, 8)}`;
  await run(url, `create database ${copy} template ${name}`);
  const drop = () => run(url, `drop database ${copy} with (force)`);
  return { url: addressOf(url, copy), seed: name, drop: async () => void (await drop()) };
}

async function fillNewDatabase(serverUrl: string, name: string, size: SeedSize): Promise<void> {
  await run(serverUrl, `create database ${name}`);
  await withStorage(addressOf(serverUrl, name), async (storage) => {
    await migrate(storage);
    await seed(storage, size);
  });
}

/** Opens the storage of a database server for some work in this process. */
export async function withStorage(
  url: string,
  work: (storage: ReturnType<typeof postgresStorage>) => Promise<void>,
): Promise<void> {
  const storage = postgresStorage({ connectionString: url, poolSize: 2 });
  try {
    await work(storage);
  } finally {
    await storage.close();
  }
}

async function run(url: string, statement: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<object>(statement);
    return rows;
  } finally {
    await client.end();
  }
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
