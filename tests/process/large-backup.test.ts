import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTables, type GeneratedRows, generateRows } from '../support/archived-rows.ts';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { runMicroblog } from '../support/microblog-process.ts';
import { measured, peakOf } from '../support/peak-memory.ts';
import { embeddedStorage, type PostgresStorage, postgresStorage } from '../support/storages.ts';

/** Many batches of each kind of rows. */
const journey = { posts: 10_000, people: 2_000 };
const few = { posts: 4_000, people: 400, words: 500 };
const many = { posts: 40_000, people: 4_000, words: 500 };
/** Greatest additional memory for ten times the rows, in kB. Their lines alone are 60 MB more. */
const ALLOWANCE = 45_000;

describe('a large archive', () => {
  let folder: Awaited<ReturnType<typeof initialisedFolder>>;
  const opened: { database: TestDatabase; storage: PostgresStorage }[] = [];
  beforeAll(async () => {
    folder = await initialisedFolder();
  });
  afterAll(async () => {
    for (const { database, storage } of opened) {
      await storage.close();
      await database.drop();
    }
    await folder.remove();
  });

  async function serverDatabase(rows?: GeneratedRows): Promise<{ url: string; storage: PostgresStorage }> {
    const database = await createMigratedDatabase();
    const storage = postgresStorage({ connectionString: database.url });
    opened.push({ database, storage });
    if (rows !== undefined) await generateRows(storage, rows);
    return { url: database.url, storage };
  }

  /** Runs a command on a server or on the embedded database. It must succeed. */
  async function run(url: string | null, ...args: string[]): Promise<void> {
    const variables: Record<string, string> = url === null ? {} : { DATABASE_URL: url };
    expect(await runMicroblog(args, folder.path, variables)).toMatchObject({ code: 0, stderr: '' });
  }

  /** The peak of the memory of a command on a server, in kB. */
  const peakOn = async (url: string, ...args: string[]) =>
    peakOf(await runMicroblog(args, folder.path, { DATABASE_URL: url, ...measured }));

  it('goes from a server to an embedded database and on to another server, equal', async () => {
    const first = await serverDatabase(journey);
    const original = await digestTables(first.storage);
    expect(original.posts?.rows).toBe(String(journey.posts));

    await run(first.url, 'backup', 'first.gz');
    await run(null, 'restore', 'first.gz');
    const embedded = await embeddedStorage({ directory: `${folder.path}/data/postgres` });
    expect(await digestTables(embedded)).toEqual(original);
    await embedded.close();
    await run(null, 'backup', 'second.gz');
    const second = await serverDatabase();
    await run(second.url, 'restore', 'second.gz');
    expect(await digestTables(second.storage)).toEqual(original);
  });

  it('is made and restored in memory that does not grow with the number of rows', async () => {
    const [small, large] = [await serverDatabase(few), await serverDatabase(many)];
    const [smallCopy, largeCopy] = [await serverDatabase(), await serverDatabase()];
    const smallBackup = await peakOn(small.url, 'backup', 'few.gz');
    const largeBackup = await peakOn(large.url, 'backup', 'many.gz');
    expect(largeBackup).toBeLessThan(smallBackup + ALLOWANCE);
    const smallRestore = await peakOn(smallCopy.url, 'restore', 'few.gz');
    const largeRestore = await peakOn(largeCopy.url, 'restore', 'many.gz');
    expect(largeRestore).toBeLessThan(smallRestore + ALLOWANCE);
    const [posts] = await largeCopy.storage.knex('posts').withSchema('microblog').count('* as rows');
    expect(posts?.rows).toBe(String(many.posts));
  });
});
