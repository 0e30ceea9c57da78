import { noRecords } from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, type PostgresStorage, postgresStorage } from '../src/index.ts';
import { allTables } from '../src/tables/index.ts';
import { createDatabase, type TestDatabase } from './support/databases.ts';

/** Tables of the schema that no archive contains, with the reason. Tables of repositories declare this themselves. */
const leftOut: Readonly<Record<string, string>> = {
  post_search: 'can be made from posts',
  search_state: 'the progress of indexing',
  jobs: 'work of the original site, which a restored copy must not repeat',
  migrations: 'the structure, which the header of the archive names',
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
  it('contains every table and column, except those listed here with a reason', async () => {
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

  it('names the migrations of its database; one of a newer database is refused before it is read', async () => {
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

  it('can be loaded while others read, and is visible only when complete', async () => {
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
