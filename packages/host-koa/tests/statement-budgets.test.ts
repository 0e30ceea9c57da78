import { postgresJobQueue } from '@microblog/adapters-postgres';
import { createMicroblog, memorySearchIndex, operator } from '@microblog/core';
import { fakeTranslator } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hostOpener, type RunningHost } from './support/host.ts';
import { postBodies } from './support/html.ts';
import { serverStorage } from './support/server-storage.ts';
import { signInAtShop } from './support/shop.ts';
import { type Visitor, visitor } from './support/visitor.ts';

/** Greatest number of statements, however many posts are shown. Loading the viewer is one of them. */
const budgets = {
  ...{ home: 4, profile: 4, explore: 3, permalink: 3, publishing: 6, elsewhere: 3, newPosts: 2 },
  ...{ translating: 5, translated: 4 },
};

describe.each([
  [3, 'own'],
  [40, 'own'],
  [40, 'host'],
] as const)('with %d posts shown, and sign-in that is its %s', (shown, signIn) => {
  const statements: string[] = [];
  let host: RunningHost;
  let reader: Visitor;
  let post: string;

  beforeAll(async () => {
    const open = hostOpener({
      signIn,
      openStorage: () => serverStorage(({ sql }) => statements.push(sql)),
    });
    host = await open({
      microblog: { postsPerPage: shown },
      // Every page offers translations of its posts.
      translator: fakeTranslator(),
      languageDetector: { detect: async () => 'es' },
      app: { origin: 'https://blog.example.org' },
    });
    reader = visitor(host.url);
    if (signIn === 'own') await reader.register('reader');
    else signInAtShop(reader, 'reader');
    await reader.get('/');
    // One author per post, all followed: the worst case for code that reads row by row.
    for (let number = 0; number < shown; number++) {
      const nickname = `author${number}`;
      const author = await host.microblog.accounts.register(null, {
        nickname,
        email: `${nickname}@example.org`,
        password: 'correct horse battery',
      });
      post = (await host.microblog.posts.publish(author, { body: `post ${number}` })).id;
      const { id } = await host.microblog.accounts.show(operator, 'reader');
      await host.microblog.follows.follow({ id, role: 'member', suspendedAt: null }, nickname);
    }
    const user = await host.microblog.accounts.show(operator, 'reader');
    for (let number = 0; number <= shown; number++)
      await host.microblog.posts.publish(user, { body: `own ${number}` });
    // The first response also stores the minute's visit.
    await reader.get('/explore');
    await vi.waitUntil(
      async () => (await host.microblog.accounts.show(operator, 'reader')).lastSeenAt !== null,
    );
  });

  afterAll(() => host.close());

  /** The statements of a page; its content is checked too. */
  async function statementsOf(path: string, posts: number): Promise<readonly string[]> {
    statements.length = 0;
    const { status, text } = await reader.get(path);
    expect([status, postBodies(text).length]).toEqual([200, posts]);
    return [...statements];
  }

  it('home stays within its budget', async () => {
    expect((await statementsOf('/', shown)).length).toBeLessThanOrEqual(budgets.home);
  });

  it('an older page of home, full of other people, stays within it too', async () => {
    const [oldest = ''] = (await reader.get('/')).text.match(/\?before=\d+/) ?? [];
    expect((await statementsOf(`/${oldest}`, shown)).length).toBeLessThanOrEqual(budgets.home);
  });

  it('a profile stays within its budget', async () => {
    expect((await statementsOf('/user/reader', shown)).length).toBeLessThanOrEqual(budgets.profile);
    expect((await statementsOf('/user/author0', 1)).length).toBeLessThanOrEqual(budgets.profile);
  });

  it('explore stays within its budget', async () => {
    expect((await statementsOf('/explore', shown)).length).toBeLessThanOrEqual(budgets.explore);
    const [oldest = ''] = (await reader.get('/explore')).text.match(/\?before=\d+/) ?? [];
    expect((await statementsOf(`/explore${oldest}`, shown)).length).toBeLessThanOrEqual(budgets.explore);
  });

  it('a permalink stays within its budget', async () => {
    expect((await statementsOf(`/posts/${post}`, 1)).length).toBeLessThanOrEqual(budgets.permalink);
  });

  it('a translation stays within its budget, and a permalink that shows it', async () => {
    const token = await reader.token('/');
    statements.length = 0;
    expect((await reader.send(`/posts/${post}/translate`, { _csrf: token })).status).toBe(303);
    expect(statements.length).toBeLessThanOrEqual(budgets.translating);
    statements.length = 0;
    expect((await reader.get(`/posts/${post}?translated=1`)).text).toContain(`[en post ${shown - 1}]`);
    expect(statements.length).toBeLessThanOrEqual(budgets.translated);
  });

  it('feeds, embeds and oEmbed stay within theirs, for a member too', async () => {
    const address = encodeURIComponent(`https://blog.example.org/posts/${post}`);
    for (const path of [
      '/feed.atom',
      '/feed.json',
      '/user/reader/feed.atom',
      '/user/reader/feed.json',
      '/embed/timeline?limit=40',
      '/embed/user/reader?limit=40',
      `/embed/post/${post}`,
      `/oembed?url=${address}`,
    ]) {
      statements.length = 0;
      expect((await reader.get(path)).status).toBe(200);
      expect(statements.length).toBeGreaterThan(0);
      expect(statements.length, path).toBeLessThanOrEqual(budgets.elsewhere);
      for (const sql of statements) expect(sql).not.toMatch(/count\s*\(|offset/i);
    }
  });

  it('new posts are counted in their budget, by a bounded read', async () => {
    const seen = (await reader.get('/')).text.match(/id="post-(\d+)"/)?.[1] ?? '';
    for (const path of [`/timeline/new?after=${seen}`, '/timeline/new', '/explore/new']) {
      statements.length = 0;
      expect((await reader.get(path)).status).toBe(200);
      expect(statements.length).toBeLessThanOrEqual(budgets.newPosts);
      for (const sql of statements) expect(sql).not.toMatch(/count\s*\(|offset/i);
      expect(statements.at(-1)).toMatch(/limit/);
    }
  });

  it('no page counts rows or skips them', async () => {
    for (const path of ['/', '/explore', '/user/reader']) {
      for (const sql of await statementsOf(path, shown)) expect(sql).not.toMatch(/count\s*\(|offset/i);
    }
  });

  it('publishing stays within its budget', async () => {
    const token = await reader.token('/');
    statements.length = 0;
    expect((await reader.send('/posts', { _csrf: token, body: 'one more' })).status).toBe(303);
    expect(statements.length).toBeLessThanOrEqual(budgets.publishing);
  });
});

it('publishing stays within its budget if a job of the same transaction updates the index', async () => {
  const statements: string[] = [];
  const storage = await serverStorage(({ sql }) => statements.push(sql));
  try {
    const search = memorySearchIndex();
    const { accounts, posts, jobs } = createMicroblog({ storage, search, jobs: postgresJobQueue(storage) });
    const author = await accounts.register(null, {
      nickname: 'ada',
      email: 'ada@example.org',
      password: 'correct horse battery',
    });
    statements.length = 0;
    await posts.publish(author, { body: 'a post' });
    // Loading the viewer is one more statement.
    expect(statements.length + 1).toBeLessThanOrEqual(budgets.publishing);
    expect((await jobs.statistics()).waiting).toBe(1);
  } finally {
    await storage.close();
  }
});
