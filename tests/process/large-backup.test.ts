import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTables, generateRows } from '../support/archived-rows.ts';
import { createDatabase, type TestDatabase } from '../support/databases.ts';
import { runMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { embeddedStorage, migrate, type PostgresStorage, postgresStorage } from '../support/storages.ts';

const POSTS = 200_000;
const FEWER_POSTS = 20_000;
/** Greatest additional memory for ten times the posts, in kB. Their lines alone are 45 MB more. */
const ALLOWANCE = 45_000;

/**
 * Prints the maximum memory of the process at its end, in kB. With a large heap limit, V8 lets garbage grow for a
 * while; with a small one, the figure is what the command needs.
 */
const measured =
  "--max-old-space-size=64 --max-semi-space-size=4 --import=data:text/javascript,process.on('exit',()=>console.error('peak',process.resourceUsage().maxRSS))";

describe('an archive of 200,000 posts', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const databases: TestDatabase[] = [];
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(async () => {
    for (const database of databases) await database.drop();
    await folder.remove();
  });

  async function newServerDatabase(): Promise<{ url: string; storage: PostgresStorage }> {
    const database = await createDatabase();
    databases.push(database);
    const storage = postgresStorage({ connectionString: database.url });
    await migrate(storage);
    return { url: database.url, storage };
  }

  async function run(...args: string[]): Promise<void> {
    expect(await runMicroblog(args, folder.path)).toMatchObject({ code: 0, stderr: '' });
  }

  /** Runs a command on a server, which must succeed, and returns its maximum memory, in kB. */
  async function peakOf(url: string, ...args: string[]): Promise<number> {
    const { code, stderr } = await runMicroblog(args, folder.path, {
      DATABASE_URL: url,
      NODE_OPTIONS: measured,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^peak \d+\n$/) });
    return Number(/\d+/.exec(stderr)?.[0]);
  }

  it('goes from a server to an embedded database and on to another server, equal, in constant memory', async () => {
    const first = await newServerDatabase();
    await generateRows(first.storage, POSTS);
    const original = await digestTables(first.storage);
    await first.storage.close();
    expect(original.posts?.rows).toBe(String(POSTS));

    const backup = await peakOf(first.url, 'backup', 'first.gz');
    await run('restore', 'first.gz');
    const embedded = await embeddedStorage({ directory: `${folder.path}/data/postgres` });
    expect(await digestTables(embedded)).toEqual(original);
    await embedded.close();
    await run('backup', 'second.gz');
    const second = await newServerDatabase();
    const restore = await peakOf(second.url, 'restore', 'second.gz');
    expect(await digestTables(second.storage)).toEqual(original);
    await second.storage.close();

    const fewer = await newServerDatabase();
    await generateRows(fewer.storage, FEWER_POSTS);
    await fewer.storage.close();
    const smallBackup = await peakOf(fewer.url, 'backup', 'fewer.gz');
    const empty = await newServerDatabase();
    await empty.storage.close();
    const smallRestore = await peakOf(empty.url, 'restore', 'fewer.gz');
    expect(backup).toBeLessThan(smallBackup + ALLOWANCE);
    expect(restore).toBeLessThan(smallRestore + ALLOWANCE);
  }, 240_000);
});
