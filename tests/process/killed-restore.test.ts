import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
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
    await generateRows(server, { posts: 2_500, people: 50 });
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

  describe('of an embedded database', () => {
    let filled: Awaited<ReturnType<typeof initialisedFolder>>;
    let before: Awaited<ReturnType<typeof digestTables>>;
    beforeAll(async () => {
      filled = await initialisedFolder();
      before = await inside(filled.path, async (storage) => {
        await generateRows(storage, { posts: 1_000, people: 20 });
        return digestTables(storage);
      });
    });
    afterAll(() => filled.remove());

    it.each(moments)('leaves it as it was: %s', async (_moment, statement) => {
      const home = `${folder.path}/${randomUUID()}`;
      await cp(filled.path, home, { recursive: true });
      const restore = ['restore', `${folder.path}/archive.gz`, '--replace', '--yes'];
      expect((await runMicroblog(restore, home, killedAt(statement))).code).toBe(null);
      expect(await inside(home, digestTables)).toEqual(before);
      expect(await runMicroblog(restore, home)).toMatchObject({ code: 0, stderr: '' });
      expect(await inside(home, digestTables)).toEqual(archived);
    });
  });
});

/** Opens the embedded database of a folder for a while. */
async function inside<Result>(
  folder: string,
  work: (storage: PostgresStorage) => Promise<Result>,
): Promise<Result> {
  const storage = await embeddedStorage({ directory: `${folder}/data/postgres` });
  return work(storage).finally(() => storage.close());
}

/** Variables for a command that is to be killed before it runs such a statement. */
function killedAt(statement: string): Record<string, string> {
  return { KILLED_AT: statement, NODE_OPTIONS: `--import=${preload} --disable-warning=ExperimentalWarning` };
}
