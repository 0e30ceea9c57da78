import { createMicroblog, operator } from '@microblog/core';
import { recordingMailer } from '@microblog/core/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  migrate,
  migrationNames,
  migrationScript,
  migrationStatus,
  postgresJobQueue,
  postgresStorage,
} from '../src/index.ts';
import { catalogueOf } from './support/catalogue.ts';
import { createDatabase, openSession, type Session } from './support/databases.ts';

const OURS = `in ('microblog', 'microblog_jobs')`;
const closing: (() => Promise<unknown>)[] = [];
let migrated: string[];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function database(): Promise<{ url: string; session: Session }> {
  const { url, drop } = await createDatabase();
  closing.push(drop);
  const session = await openSession(url);
  closing.push(() => session.end());
  return { url, session };
}

function storageAt(url: string) {
  const storage = postgresStorage({ connectionString: url });
  closing.push(() => storage.close());
  return storage;
}

beforeAll(async () => {
  const { url, session } = await database();
  await migrate(storageAt(url));
  migrated = await catalogueOf(session, OURS);
  for (const close of closing.splice(0).reverse()) await close();
  expect(migrated.length).toBeGreaterThan(100);
});

describe('migrations as a script', () => {
  it.each([null, ...migrationNames.slice(0, -1)])(
    'bring a database at %s to what migrate makes',
    async (at) => {
      const { url, session } = await database();
      const storage = storageAt(url);
      if (at !== null) await migrate(storage, { to: at });
      const { applied, pending } = await migrationStatus(storage);
      await session.query(await migrationScript({ applied }));
      expect(await migrationStatus(storage)).toEqual({ applied: migrationNames, pending: [], unknown: [] });
      expect(pending.length).toBeGreaterThan(0);
      expect(await catalogueOf(session, OURS)).toEqual(migrated);
      expect(await migrate(storage)).toEqual([]);
    },
  );

  it('change nothing if the database has other migrations: after a second run, too early, or by an older version', async () => {
    const { session } = await database();
    const whole = await migrationScript({ applied: [] });
    const later = await migrationScript({ applied: migrationNames.slice(0, 1) });
    await expect(session.query(later)).rejects.toThrow(/for a database with the migrations \{0001/);
    await session.query('rollback');
    expect(await catalogueOf(session, OURS)).toEqual([]);
    await session.query(whole);
    await expect(session.query(whole)).rejects.toThrow(/this script is for a database/);
    await session.query('rollback');
    await session.query(`insert into microblog.migrations (name) values ('9999_later')`);
    await expect(session.query(later)).rejects.toThrow(/9999_later/);
    await session.query('rollback');
    expect(await catalogueOf(session, OURS)).toEqual(migrated);
  });

  it('are only a comment if nothing is pending', async () => {
    const { session } = await database();
    const script = await migrationScript({ applied: migrationNames });
    expect(script).toMatch(/^-- .*nothing to do\.\n$/);
    await session.query(script);
  });

  it('use the given schema, and refuse an invalid name', async () => {
    const { session } = await database();
    await session.query(await migrationScript({ applied: [], schema: 'Blog_2' }));
    expect(await catalogueOf(session, OURS)).toEqual([]);
    expect((await catalogueOf(session, `in ('Blog_2', 'Blog_2_jobs')`)).length).toBe(migrated.length);
    await expect(migrationScript({ applied: [], schema: 'x"; drop' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(migrationScript({ applied: ['9999_later'] })).rejects.toMatchObject({
      code: 'migrations_unknown',
    });
  });

  it('grant a role the use of everything, but no change of the structure', async () => {
    const { url, session } = await database();
    await session.query(`create role "shop's app" login password 'secret'`);
    closing.push(async () => {
      await session.query(`drop owned by "shop's app"`);
      await session.query(`drop role "shop's app"`);
    });
    await session.query(await migrationScript({ applied: [], grantTo: "shop's app" }));
    const address = new URL(url);
    address.username = "shop's app";
    address.password = 'secret';
    const storage = storageAt(address.href);
    expect((await migrationStatus(storage)).pending).toEqual([]);
    expect(await migrate(storage)).toEqual([]);
    const mailer = recordingMailer();
    const jobs = postgresJobQueue(storage, { pollMilliseconds: 50 });
    const { users, follows, posts, jobHandlers } = createMicroblog({ storage, jobs, mailer });
    const { user: ada } = await users.provision(operator, { externalId: 1, nickname: 'ada' });
    const ben = { externalId: 2, nickname: 'ben', email: 'ben@example.org' };
    await users.provision(operator, ben);
    await posts.publish(ada, { body: 'hello' });
    await follows.follow(ada, 'ben');
    await jobs.start(jobHandlers);
    closing.push(() => jobs.stop());
    await expect.poll(() => mailer.sent.length, { timeout: 20_000 }).toBe(1);
    await storage.snapshot((content) => storage.load(content, { replace: true }));
    expect(await users.deprovision(operator, 1)).toBe(true);
    await expect(storage.knex.raw('alter table microblog.users add column x int')).rejects.toThrow(/owner/);
    await expect(storage.knex.raw('create table microblog.x (n int)')).rejects.toThrow(/permission denied/);
  });
});
