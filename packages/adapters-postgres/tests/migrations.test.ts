import type { PGlite } from '@electric-sql/pglite';
import { unrestrictedReader } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  migrate,
  migrationNames,
  migrationStatus,
  type PostgresStorage,
  postgresStorage,
  rollback,
} from '../src/index.ts';
import type { Migration } from '../src/migrations/migration.ts';
import { applyPending, compareWith, undoLast } from '../src/migrations/runner.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';
import { emptyPGlite } from './support/ready-databases.ts';

const all = migrationNames;

const steps: readonly Migration[] = [
  { name: '1', up: (s) => [`create table ${s}.one (n int)`], down: (s) => [`drop table ${s}.one`] },
  { name: '2', up: (s) => [`create table ${s}.two (n int)`], down: (s) => [`drop table ${s}.two`] },
  {
    name: '3',
    up: (s) => [`create table ${s}.three (n int)`, 'select nonsense'],
    down: (s) => [`drop table ${s}.three`],
  },
];

let database: TestDatabase;
let pglite: PGlite;

beforeAll(async () => {
  database = await createDatabase();
  pglite = await emptyPGlite();
});

afterAll(async () => {
  await pglite.close();
  await database.drop();
});

describe.each(['server', 'PGlite'] as const)('migrations on a %s', (kind) => {
  let schemas = 0;
  async function withStorage(work: (storage: PostgresStorage) => Promise<void>, schema = `m_${++schemas}`) {
    const storage = postgresStorage(
      kind === 'server' ? { connectionString: database.url, schema } : { pglite, schema },
    );
    try {
      await work(storage);
    } finally {
      await storage.close();
    }
  }

  it('are pending on an empty database, and asking for the status changes nothing', () =>
    withStorage(async (storage) => {
      expect(await migrationStatus(storage)).toEqual({ applied: [], pending: all, unknown: [] });
      expect(await schemaExists(storage)).toBe(false);
    }));

  it('are applied once, and then there is nothing to do', () =>
    withStorage(async (storage) => {
      expect(await migrate(storage)).toEqual(all);
      expect(await migrate(storage)).toEqual([]);
      expect(await migrationStatus(storage)).toEqual({ applied: all, pending: [], unknown: [] });
    }));

  it('leave nothing behind after they are undone, and can be applied again', () =>
    withStorage(async (storage) => {
      await migrate(storage);
      await storage.users.insert(builders().user());
      expect(await undoAll(storage)).toEqual(all.toReversed());
      expect(await schemaExists(storage)).toBe(false);
      expect(await migrate(storage)).toEqual(all);
    }));

  it('keep a schema that contains other objects', () =>
    withStorage(async (storage) => {
      await storage.knex.raw(`create schema ${storage.schema}`);
      await storage.knex.raw(`create table ${storage.schema}.notes (text text)`);
      await storage.knex.raw(`create schema ${storage.schema}_jobs`);
      await storage.knex.raw(`create table ${storage.schema}_jobs.notes (text text)`);
      await migrate(storage);
      await undoAll(storage);
      await storage.knex.raw(`insert into ${storage.schema}_jobs.notes values ('still here')`);
      await storage.knex.raw(`insert into ${storage.schema}.notes values ('still here')`);
    }));

  it('are undone one at a time, the latest first', () =>
    withStorage(async (storage) => {
      const two = steps.slice(0, 2);
      expect(await applyPending(storage, two)).toEqual(['1', '2']);
      expect(await undoLast(storage, two)).toBe('2');
      expect(await compareWith(storage, two)).toEqual({ applied: ['1'], pending: ['2'], unknown: [] });
    }));

  it('can be applied up to a given one', () =>
    withStorage(async (storage) => {
      expect(await applyPending(storage, steps, '1')).toEqual(['1']);
      await expect(applyPending(storage, steps, '7')).rejects.toMatchObject({ code: 'migrations_unknown' });
    }));

  it('are applied all or not at all', () =>
    withStorage(async (storage) => {
      await expect(applyPending(storage, steps)).rejects.toMatchObject({ name: 'MicroblogError' });
      expect(await schemaExists(storage)).toBe(false);
    }));

  it('of a newer version make an older version fail', () =>
    withStorage(async (storage) => {
      await migrate(storage);
      await storage.knex.raw(`insert into ${storage.schema}.migrations (name) values ('9999_later')`);
      expect(await migrationStatus(storage)).toMatchObject({ unknown: ['9999_later'] });
      for (const attempt of [migrate, rollback]) {
        await expect(attempt(storage)).rejects.toMatchObject({
          code: 'migrations_unknown',
          details: { unknown: ['9999_later'] },
        });
      }
    }));

  it('are named by the error if they are missing', () =>
    withStorage(async (storage) => {
      await expect(storage.posts.listAll(unrestrictedReader, { limit: 1 })).rejects.toMatchObject({
        code: 'migrations_pending',
        message: expect.stringContaining('microblog upgrade'),
      });
    }));

  it('of two schemas in one database are independent', () =>
    withStorage(async (one) => {
      await withStorage(async (other) => {
        await migrate(one);
        await migrate(other);
        const user = builders().user();
        await one.users.insert(user);
        expect(await other.users.find(user.id)).toBeNull();
        await other.users.insert(user);
        await undoAll(other);
        expect(await one.users.find(user.id)).not.toBeNull();
      }, 'SecondOne');
    }, 'first_one'));
});

describe('migrations from several processes', () => {
  it('are applied by one process, while the others wait and then find nothing to do', async () => {
    const storages = Array.from({ length: 4 }, () =>
      postgresStorage({ connectionString: database.url, schema: 'raced' }),
    );
    const applied = await Promise.all(storages.map((storage) => migrate(storage)));
    expect(applied.flat()).toEqual(all);
    for (const storage of storages) await storage.close();
  });

  it('need no right to create schemas if the schemas exist; undoing the jobs migration needs the old jobs schema', async () => {
    const admin = new pg.Client(database.url);
    await admin.connect();
    await admin.query(`create role tenant login password 'secret'`);
    await admin.query('create schema given authorization tenant');
    const url = new URL(database.url);
    url.username = 'tenant';
    url.password = 'secret';
    const storage = postgresStorage({ connectionString: url.href, schema: 'given' });
    expect(await migrate(storage)).toEqual(all);
    await expect(undoAll(storage)).rejects.toMatchObject({ code: 'storage_failed' });
    await admin.query('create schema given_jobs authorization tenant');
    const left = all.slice(0, all.indexOf('0008_jobs_table') + 1);
    expect(await undoAll(storage)).toEqual(left.toReversed());
    await storage.close();
    await admin.query('drop role tenant');
    await admin.end();
  });
});

/** Whether one of the two schemas exists: the main one, or the old one of jobs. */
async function schemaExists({ query, schema }: PostgresStorage): Promise<boolean> {
  const found = await query('select from pg_namespace where nspname in (?, ?)', [schema, `${schema}_jobs`]);
  return found.length > 0;
}

async function undoAll(storage: PostgresStorage): Promise<string[]> {
  const undone: string[] = [];
  for (let name = await rollback(storage); name !== null; name = await rollback(storage)) undone.push(name);
  return undone;
}

describe('migrationStatus with a time limit', () => {
  it('fails for a slower statement, and closes its connection', async () => {
    const storage = postgresStorage({ connectionString: database.url, schema: 'locked' });
    await migrate(storage);
    const holder = new pg.Client(database.url);
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table locked.migrations in access exclusive mode');
    const late: unknown = await migrationStatus(storage, { statementTimeout: 200 }).catch((error) => error);
    expect(late).toMatchObject({ code: 'storage_unavailable' });
    expect(storage.pool()).toMatchObject({ size: 0, waiting: 0, limit: 10 });
    await holder.query('rollback');
    expect((await migrationStatus(storage, { statementTimeout: 10_000 })).pending).toEqual([]);
    await storage.close();
    await holder.end();
  });
});
