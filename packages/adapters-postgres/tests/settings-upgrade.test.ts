import { builders } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage, rollback } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

let database: TestDatabase;
let storage: PostgresStorage;

beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({ connectionString: database.url, schema: 'settings_upgrade' });
});

afterAll(async () => {
  await storage.close();
  await database.drop();
});

describe('mails about followers', () => {
  it('are a setting after the upgrade, and a column again after a rollback', async () => {
    await migrate(storage);
    expect(await rollback(storage)).toBe('0011_search_folding');
    expect(await rollback(storage)).toBe('0010_suspended_users');
    expect(await rollback(storage)).toBe('0009_settings');
    const build = builders();
    const add = async (wants: boolean) => {
      const { id, nickname, email } = build.user();
      await storage.query(
        `insert into settings_upgrade.users (id, nickname, email, role, created_at, mail_on_follow)
         values (?, ?, ?, 'member', now(), ?)`,
        [id, nickname, email, wants],
      );
      return id;
    };
    const [wants, refuses] = [await add(true), await add(false)];

    expect(await migrate(storage)).toEqual(['0009_settings', '0010_suspended_users', '0011_search_folding']);
    expect((await storage.users.find(wants))?.settings).toEqual({});
    expect((await storage.users.find(refuses))?.settings).toEqual({ mailOnFollow: false });
    await storage.users.update(wants, { settings: { mailOnFollow: false } });
    await storage.users.update(refuses, { settings: { mailOnFollow: true, another: 'x' } });

    expect(await rollback(storage)).toBe('0011_search_folding');
    expect(await rollback(storage)).toBe('0010_suspended_users');
    expect(await rollback(storage)).toBe('0009_settings');
    expect(
      await storage.query('select id::text, mail_on_follow from settings_upgrade.users order by id', []),
    ).toEqual([
      { id: wants, mail_on_follow: false },
      { id: refuses, mail_on_follow: true },
    ]);
  });
});
