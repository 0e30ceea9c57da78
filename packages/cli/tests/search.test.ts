import { configuredSearchIndex, loadConfig } from '@microblog/host-koa/composition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMigratedDatabase,
  runStatements,
  type TestDatabase,
} from '../../../tests/support/databases.ts';
import { runMicroblog, startMicroblog, temporaryFolder } from '../../../tests/support/microblog-process.ts';
import { measured, peakOf } from '../../../tests/support/peak-memory.ts';

const POSTS = 30_000;

describe('microblog search', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  beforeAll(async () => {
    [folder, database] = await Promise.all([temporaryFolder(), createMigratedDatabase()]);
    await runStatements(database.url, [
      "insert into microblog.users (id, nickname, created_at) values (1, 'ada', now())",
      `insert into microblog.posts (id, author_id, body, created_at)
       select n, 1, 'number ' || n || ' of many', now() from generate_series(2, ${POSTS} + 1) as n`,
    ]);
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  const variables = (more: Record<string, string> = {}) => ({ DATABASE_URL: database.url, ...more });
  const microblog = (...args: string[]) => runMicroblog(args, folder.path, variables());
  const status = async () => JSON.parse((await microblog('search', 'status', '--json')).stdout);

  it('reports that it is off', async () => {
    for (const command of ['status', 'reindex']) {
      const { code, stdout } = await runMicroblog(
        ['search', command],
        folder.path,
        variables({ SEARCH: 'none' }),
      );
      expect([code, stdout]).toEqual([0, 'Search is off: see SEARCH in "microblog config".\n']);
    }
  });

  it('shows what is missing before the first post is indexed', async () => {
    expect(await status()).toMatchObject({
      search: 'file',
      posts: 0,
      progress: { complete: false, reached: null },
      lag: { posts: 200 },
    });
    const { stdout } = await microblog('search', 'status');
    expect(stdout).toContain('posts     0, not complete');
    expect(stdout).toMatch(/lag {7}200 of the newest posts/);
  });

  it('indexes all posts after any number of kills, and starts again only when it is complete', async () => {
    const index = configuredSearchIndex(loadConfig({ DATA_DIR: `${folder.path}/data` }), { storage: null });
    const held = async () => (await index.status()).posts;
    for (let round = 0; round < 2; round++) {
      const before = await held();
      const command = startMicroblog(['search', 'reindex'], folder.path, variables());
      while ((await held()) < before + 1_000) await new Promise((resolve) => setTimeout(resolve, 5));
      command.kill('SIGKILL');
      await command.finished;
    }
    const [left, { progress }] = [POSTS - (await held()), await index.status()];
    expect(progress.complete).toBe(false);
    await index.close();

    const { code, stdout, stderr } = await microblog('search', 'reindex');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`Indexed ${left} posts; the search index holds ${POSTS} and is complete.\n`);
    expect(await status()).toMatchObject({ posts: POSTS, progress: { complete: true }, lag: { posts: 0 } });
    expect((await microblog('search', 'status')).stdout).toMatch(/^size {6}\d+\.\d MB$/m);

    expect((await microblog('search', 'reindex')).stdout).toContain(`Indexed ${POSTS} posts`);
  });

  it('must be filled again after a restore, which replaces the posts', async () => {
    expect((await microblog('backup', 'all.microblog.gz')).code).toBe(0);
    const { code, stderr } = await microblog('restore', 'all.microblog.gz', '--replace', '--yes');
    expect([code, stderr]).toEqual([0, '']);
    expect(await status()).toMatchObject({ posts: 0, progress: { complete: false, reached: null } });
    expect((await microblog('search', 'reindex')).stdout).toContain(`Indexed ${POSTS} posts`);
  });

  it('needs no more memory for many posts than for few', async () => {
    const large = await createMigratedDatabase();
    const environment = {
      DATABASE_URL: large.url,
      DATA_DIR: `${folder.path}/large`,
      ...measured,
    };
    const write = (from: number, to: number) =>
      runStatements(large.url, [
        `insert into microblog.posts (id, author_id, body, created_at)
         select n, 1, 'number ' || n || ' ' || repeat('x', 4000), now() from generate_series(${from}, ${to}) as n`,
      ]);
    const peak = async () => {
      const finished = await runMicroblog(['search', 'reindex'], folder.path, environment);
      return { stdout: finished.stdout, kilobytes: peakOf(finished) };
    };
    await runStatements(large.url, [
      "insert into microblog.users (id, nickname, created_at) values (1, 'ada', now())",
    ]);
    await write(2, 2_001);
    const few = await peak();
    await write(2_002, 20_001);
    const many = await peak();
    expect(many.stdout).toContain('Indexed 20000 posts');
    // The texts of these posts alone are 72 MB larger.
    expect(many.kilobytes).toBeLessThan(few.kilobytes + 40_000);
    await large.drop();
  });

  it('indexes in the database the posts from before the index was switched on', async () => {
    const postgres = (...args: string[]) =>
      runMicroblog(args, folder.path, variables({ SEARCH: 'postgres' }));
    const { stdout } = await postgres('search', 'reindex');
    expect(stdout).toBe(`Indexed ${POSTS} posts; the search index holds ${POSTS} and is complete.\n`);
    const add = (id: number) =>
      `insert into microblog.posts (id, author_id, body, created_at) values (${id}, 1, 'one more', now())`;
    await runStatements(database.url, [add(100_000), 'delete from microblog.posts where id = 2']);
    expect(JSON.parse((await postgres('search', 'status', '--json')).stdout)).toMatchObject({
      search: 'postgres',
      posts: POSTS,
      progress: { complete: true },
      lag: { posts: 0 },
    });
  });
});
