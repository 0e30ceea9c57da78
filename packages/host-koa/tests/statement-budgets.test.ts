import { postgresJobQueue } from '@microblog/adapters-postgres';
import { createMicroblog, memorySearchIndex, operator } from '@microblog/core';
import { fakeTranslator } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hostOpener, type RunningHost } from './support/host.ts';
import { postBodies } from './support/html.ts';
import { serverStorage } from './support/server-storage.ts';
import { signInAtShop } from './support/shop.ts';
import { type Visitor, visitor } from './support/visitor.ts';

/** The pages that every viewer may request. `author0` has one post, `reader` as many as a page shows. */
const pages = (post: string, older: string): Readonly<Record<string, string>> => ({
  home: '/',
  'home, older': `/${older}`,
  explore: '/explore',
  'explore, older': `/explore${older}`,
  profile: '/user/reader',
  'profile of another': '/user/author0',
  followers: '/user/author0/followers',
  following: '/user/reader/following',
  permalink: `/posts/${post}`,
  'translated permalink': `/posts/${post}?translated=1`,
  'new posts at home': '/timeline/new',
  'new posts in explore': `/explore/new?after=${post}`,
  'Atom feed': '/feed.atom',
  'JSON feed': '/feed.json',
  'Atom feed of a person': '/user/reader/feed.atom',
  'JSON feed of a person': '/user/reader/feed.json',
  'embedded timeline': '/embed/timeline?limit=40',
  'embedded person': '/embed/user/reader?limit=40',
  'embedded post': `/embed/post/${post}`,
  oEmbed: `/oembed?url=${encodeURIComponent(`https://blog.example.org/posts/${post}`)}`,
});

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

  /** The statements of one request. Recording a visit is not one of them: it follows the answer, once a minute. */
  async function statementsOf(request: () => Promise<{ readonly status: number }>, status = 200) {
    statements.length = 0;
    expect((await request()).status).toBe(status);
    return statements.filter((sql) => !sql.includes('"last_seen_at" = '));
  }

  it('each page takes as many as the table says, for every number of posts', async () => {
    const guest = visitor(host.url);
    const token = await reader.token('/');
    const [older = ''] = (await reader.get('/')).text.match(/\?before=\d+/) ?? [];
    const rows: string[] = [];
    const translated = await statementsOf(
      () => reader.send(`/posts/${post}/translate`, { _csrf: token }),
      303,
    );
    for (const [name, path] of Object.entries(pages(post, older))) {
      const counts = [];
      for (const viewer of [guest, reader]) {
        const isRefused = path === '/timeline/new' && viewer === guest;
        const ran = await statementsOf(() => viewer.get(path), isRefused ? 303 : 200);
        for (const sql of ran) expect(sql).not.toMatch(/count\s*\(|offset/i);
        counts.push(ran.length);
      }
      rows.push(`| ${[name, ...counts].join(' | ')} |`);
    }
    const published = await statementsOf(() => reader.send('/posts', { _csrf: token, body: 'more' }), 303);
    rows.push(`| publishing | | ${published.length} |`, `| translating | | ${translated.length} |`);
    const table = [
      `# Statements of each page, with sign-in by ${signIn === 'own' ? 'this site' : 'the host application'}`,
      '',
      '`packages/host-koa/tests/statement-budgets.test.ts` writes and checks this table (`vitest -u`).',
      '',
      '| page | visitor | member |',
      '| --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
    await expect(table).toMatchFileSnapshot(`statements/${signIn}-sign-in.md`);
  });

  it('pages show all their posts', async () => {
    const shownAt = async (path: string) => postBodies((await reader.get(path)).text).length;
    const [older = ''] = (await reader.get('/')).text.match(/\?before=\d+/) ?? [];
    expect([await shownAt('/'), await shownAt('/explore'), await shownAt('/user/reader')]).toEqual([
      ...[shown, shown, shown],
    ]);
    expect([await shownAt(`/${older}`), await shownAt(`/explore${older}`)]).toEqual([shown, shown]);
    expect([await shownAt('/user/author0'), await shownAt(`/posts/${post}`)]).toEqual([1, 1]);
  });

  it('new posts are counted by a bounded read', async () => {
    for (const path of ['/timeline/new', `/explore/new?after=${post}`]) {
      const ran = await statementsOf(() => reader.get(path));
      expect(ran.at(-1)).toMatch(/limit/);
    }
  });
});

it('a post and the job that updates the index take one statement each', async () => {
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
    expect(statements).toHaveLength(2);
    expect((await jobs.statistics()).waiting).toBe(1);
  } finally {
    await storage.close();
  }
});
