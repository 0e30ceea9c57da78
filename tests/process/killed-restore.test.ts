import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestTables, generateRows } from '../support/archived-rows.ts';
import { createDatabase, type TestDatabase } from '../support/databases.ts';
import { runMicroblog, startMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { embeddedStorage, migrate, type PostgresStorage, postgresStorage } from '../support/storages.ts';

const command = ['restore', 'archive.gz', '--replace', '--yes'];

describe('a restore that is killed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let server: PostgresStorage;
  let archived: Awaited<ReturnType<typeof digestTables>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createDatabase();
    server = postgresStorage({ connectionString: database.url });
    await migrate(server);
    await generateRows(server, 20_000);
    archived = await digestTables(server);
    const backup = await runMicroblog(['backup', 'archive.gz'], folder.path, { DATABASE_URL: database.url });
    expect(backup).toMatchObject({ code: 0, stderr: '' });
  });
  afterAll(async () => {
    await server.close();
    await database.drop();
    await folder.remove();
  });

  it('leaves a server database as it was, however far it had come', async () => {
    await server.knex.raw(`delete from microblog.posts where id % 3 = 0`);
    const before = await digestTables(server);
    for (const statement of ['insert into pg_temp.%', 'delete from %', 'insert into "microblog".posts %']) {
      const restore = startMicroblog(command, folder.path, { DATABASE_URL: database.url });
      await untilRunning(server, statement);
      restore.kill('SIGKILL');
      await restore.finished;
      expect(await digestTables(server)).toEqual(before);
    }
    expect(await runMicroblog(command, folder.path, { DATABASE_URL: database.url })).toMatchObject({
      code: 0,
    });
    expect(await digestTables(server)).toEqual(archived);
  });

  it('leaves an embedded database as it was, or did all of it', async () => {
    const directory = `${folder.path}/data/postgres`;
    const first = await embeddedStorage({ directory });
    await migrate(first);
    await generateRows(first, 2_000);
    const before = await digestTables(first);
    await first.close();
    // At any of these moments; what they are does not matter.
    for (const milliseconds of [300, 900, 1_500]) {
      const restore = startMicroblog(command, folder.path);
      while (!existsSync(`${directory}.lock.pid`)) await wait(5);
      await wait(milliseconds);
      restore.kill('SIGKILL');
      const { code } = await restore.finished;
      const storage = await embeddedStorage({ directory });
      const after = await digestTables(storage);
      await storage.close();
      if (code === 0) expect(after).toEqual(archived);
      else expect([before, archived]).toContainEqual(after);
    }
    expect(await runMicroblog(command, folder.path)).toMatchObject({ code: 0, stderr: '' });
  });
});

/** Until another session of the database runs, or has just run, a statement like this. */
async function untilRunning({ knex }: PostgresStorage, statement: string): Promise<void> {
  for (;;) {
    const { rows } = await knex.raw(
      'select 1 from pg_stat_activity where datname = current_database() and query like ?',
      [statement],
    );
    if (rows.length > 0) return;
  }
}
