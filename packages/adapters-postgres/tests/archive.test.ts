import { noRecords } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivedTables } from '../src/archive/archived-tables.ts';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

/** In the schema, and in no archive, each with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  post_search: 'made anew from posts',
  search_state: 'says how far the index has got',
  account_tokens: 'links in mails, which hold for hours; whoever needs one asks for another',
  follow_mails: 'keeps mails apart for a day, which is over by the time of a restore, or soon',
  translations: 'made anew when somebody asks',
  jobs: 'work of the place that enqueued it, which a restored copy must not do again',
  migrations: 'says what the structure is, which the archive names in its header',
  'users.follower_count': 'counted again from follows',
  'users.following_count': 'counted again from follows',
  'users.post_count': 'counted again from posts',
};

let database: TestDatabase;
let storage: PostgresStorage;
beforeAll(async () => {
  database = await createDatabase();
  storage = postgresStorage({ connectionString: database.url });
  await migrate(storage);
});
afterAll(async () => {
  await storage.close();
  await database.drop();
});

describe('an archive of a database', () => {
  it('leaves out no table and no column that is not named here with a reason', async () => {
    const { rows } = await storage.knex.raw(
      `select table_name as "table", column_name as "column" from information_schema.columns
        where table_schema = 'microblog'`,
    );
    const archived = new Set(
      Object.entries(archivedTables).flatMap(([table, { columns }]) =>
        Object.values(columns).map(([column]) => `${table}.${column}`),
      ),
    );
    const forgotten = rows
      .map(({ table, column }: { table: string; column: string }) => ({ table, full: `${table}.${column}` }))
      .filter(
        ({ table, full }: { table: string; full: string }) =>
          !archived.has(full) && !(table in leftOut) && !(full in leftOut),
      );
    expect(forgotten).toEqual([]);
  });

  it('names the migrations of its database; one of a newer database is refused before anything is read', async () => {
    const content = {
      counts: noRecords,
      batches: () => expect.unreachable(),
    };
    const { applied } = await storage.snapshot(async ({ migrations }) => ({ applied: migrations }));
    expect(applied).toContain('0001_people_posts_follows');
    const load = storage.load({ ...content, migrations: [...applied, '9999_replies'] });
    await expect(load).rejects.toMatchObject({
      code: 'archive_unsupported',
      message: expect.stringContaining('9999_replies'),
    });
  });

  it('keeps nobody from reading while it is loaded, and shows nothing before it is whole', async () => {
    const user = {
      ...builders().user(),
      ...{
        emailVerifiedAt: null,
        mailOnFollow: true,
        aboutMe: '',
        avatarUrl: null,
        lastSeenAt: null,
        suspendedAt: null,
        sessionEpoch: 0,
      },
    };
    const seen: number[] = [];
    const look = async () => seen.push((await storage.users.list({ limit: 10 })).items.length);
    await storage.load({
      migrations: [],
      counts: { ...noRecords, users: 1 },
      async *batches() {
        await look();
        yield { kind: 'users', records: [user] };
        await look();
      },
    });
    await look();
    expect(seen).toEqual([0, 0, 1]);
  });
});
