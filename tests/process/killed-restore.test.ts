import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTables, generateRows } from '../support/archived-rows.ts';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { runMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { embeddedStorage, type PostgresStorage, postgresStorage } from '../support/storages.ts';

const command = ['restore', 'archive.gz', '--replace', '--yes'];

const preload = new URL('../../packages/adapters-postgres/tests/support/killed-at.ts', import.meta.url).href;

/** Statements of a restore, in their order. */
const moments = [
  ['while it reads the archive', 'insert into pg_temp.|insert into pg_temp.'],
  ['before it removes the old rows', 'delete from '],
  ['before it writes new posts', 'insert into "microblog".posts '],
  ['before it commits', 'insert into "microblog".posts |COMMIT'],
] as const;

describe('a restore that is killed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let server: PostgresStorage;
  let archived: Awaited<ReturnType<typeof digestTables>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createMigratedDatabase();
    server = postgresStorage({ connectionString: database.url });
    await generateRows(server, { posts: 5_000, people: 50 });
    archived = await digestTables(server);
    const backup = await runMicroblog(['backup', 'archive.gz'], folder.path, { DATABASE_URL: database.url });
    expect(backup).toMatchObject({ code: 0, stderr: '' });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
    await folder.remove();
  });

  it.each(moments)('leaves a server database as it was: %s', async (_moment, statement) => {
    await server.knex.raw(`delete from microblog.posts where id % 3 = 0`);
    const before = await digestTables(server);
    const environment = { DATABASE_URL: database.url };
    expect((await runMicroblog(command, folder.path, { ...environment, ...killedAt(statement) })).code).toBe(
      null,
    );
    expect(await digestTables(server)).toEqual(before);
    expect((await runMicroblog(command, folder.path, environment)).code).toBe(0);
    expect(await digestTables(server)).toEqual(archived);
  });

  it.each(moments)('leaves an embedded database as it was: %s', async (_moment, statement) => {
    const embedded = await initialisedFolder();
    const directory = `${embedded.path}/data/postgres`;
    const inside = async <Result>(work: (storage: PostgresStorage) => Promise<Result>) => {
      const storage = await embeddedStorage({ directory });
      return work(storage).finally(() => storage.close());
    };
    await inside((storage) => generateRows(storage, { posts: 2_000, people: 20 }));
    const before = await inside(digestTables);
    const restore = ['restore', `${folder.path}/archive.gz`, '--replace', '--yes'];
    expect((await runMicroblog(restore, embedded.path, killedAt(statement))).code).toBe(null);
    expect(await inside(digestTables)).toEqual(before);
    expect(await runMicroblog(restore, embedded.path)).toMatchObject({ code: 0, stderr: '' });
    expect(await inside(digestTables)).toEqual(archived);
    await embedded.remove();
  });
});

/** Variables for a command that is to be killed before it runs such a statement. */
function killedAt(statement: string): Record<string, string> {
  return { KILLED_AT: statement, NODE_OPTIONS: `--import=${preload} --disable-warning=ExperimentalWarning` };
}
