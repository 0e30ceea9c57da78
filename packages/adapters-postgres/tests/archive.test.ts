import { noRecords } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { allTables } from '../src/tables/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

/** In the schema, and in no archive, each with the reason; tables of repositories say it themselves. */
const leftOut: Readonly<Record<string, string>> = {
  post_search: 'made anew from posts',
  search_state: 'says how far the index has got',
  jobs: 'work of the place that enqueued it, which a restored copy must not do again',
  migrations: 'says what the structure is, which the archive names in its header',
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
    const known = new Set(
      allTables.flatMap(({ name, archive }) =>
        archive === null
          ? []
          : [...Object.values(archive.columns).map(([column]) => column), ...(archive.derived ?? [])].map(
              (column) => `${name}.${column}`,
            ),
      ),
    );
    const withoutArchive = new Set(
      allTables.flatMap(({ name, archive }) => (archive === null ? [name] : [])),
    );
    const forgotten = rows.filter(
      ({ table, column }: { table: string; column: string }) =>
        !known.has(`${table}.${column}`) && !withoutArchive.has(table) && !(table in leftOut),
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
        settings: {},
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
