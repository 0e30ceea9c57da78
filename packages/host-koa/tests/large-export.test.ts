import { get, type IncomingMessage } from 'node:http';
import { memoryStorage, operator, type Storage } from '@microblog/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hostOpener, type RunningHost } from './support/host.ts';
import { serverStorage } from './support/server-storage.ts';
import { type Visitor, visitor } from './support/visitor.ts';

const POSTS = 10_000;
/** Pages of 200. */
const PAGES = POSTS / 200;
/** Twenty megabytes in all: far more than the buffers between two processes of one machine hold. */
const BODY = 'x'.repeat(2_000);

describe('an export of 10,000 posts', () => {
  let host: RunningHost;
  let member: Visitor;
  let pagesRead = 0;

  beforeAll(async () => {
    const openStorage = async () => {
      const storage = await serverStorage(({ sql }) => {
        if (/from .*"?posts"?/.test(sql)) pagesRead++;
      });
      return storage;
    };
    let storage: Awaited<ReturnType<typeof serverStorage>> | undefined;
    host = await hostOpener({ openStorage: async () => (storage = await openStorage()) })();
    member = visitor(host.url);
    await member.register('ada');
    await storage?.knex.raw(
      `insert into ??.posts (id, author_id, body, created_at)
       select u.id + n, u.id, ? || n, now() from ??.users u, generate_series(1, ${POSTS}) n`,
      [storage.schema, BODY, storage.schema],
    );
  });
  afterAll(() => host.close());

  /** A response that the client does not read by itself. */
  function begin(): Promise<IncomingMessage> {
    pagesRead = 0;
    const cookie = [...member.cookies].map((pair) => pair.join('=')).join('; ');
    return new Promise((resolve, reject) => {
      get(`${host.url}/settings/export`, { agent: false, headers: { cookie } }, resolve).once(
        'error',
        reject,
      );
    });
  }

  it('is complete, and needs one statement per 200 posts', async () => {
    const answer = await begin();
    const document = JSON.parse(await new Response(answer as never).text());
    expect(document.posts).toHaveLength(POSTS);
    expect(document.posts[0].body).toBe(`${BODY}${POSTS}`);
    expect(document.posts.at(-1).body).toBe(`${BODY}1`);
    expect(pagesRead).toBe(PAGES);
  });

  it('waits for a client that does not read, and ends with one that goes', async () => {
    const answer = await begin();
    let before = -1;
    // Until the buffers are full and no more data moves.
    await vi.waitUntil(
      () => {
        const still = pagesRead === before;
        before = pagesRead;
        return still;
      },
      { interval: 250, timeout: 10_000 },
    );
    expect(pagesRead).toBeLessThan(PAGES * 0.75);
    const read = pagesRead;
    answer.destroy();
    await member.get('/healthz');
    for (let request = 0; request < 5; request++) await member.get('/settings');
    expect(pagesRead).toBeLessThanOrEqual(read + 1);
    expect(host.failures).toEqual([]);
  });
});

describe('an export that fails', () => {
  /** The export of this person fails at the page of that number; 0 is the first. */
  async function failingAt(page: number) {
    const storage = memoryStorage();
    let asked = 0;
    const listByAuthor: Storage['posts']['listByAuthor'] = (reader, id, request) =>
      asked++ === page
        ? Promise.reject(new Error('on purpose'))
        : storage.posts.listByAuthor(reader, id, request);
    const posts = { ...storage.posts, listByAuthor };
    const host = await hostOpener({ openStorage: async () => ({ ...storage, posts }) })();
    const member = visitor(host.url);
    await member.register('ada');
    const ada = await host.microblog.accounts.show(operator, 'ada');
    for (let n = 0; n < 201; n++) await host.microblog.posts.publish(ada, { body: `post ${n}` });
    return { host, member };
  }

  it('answers with an error if the response has not begun', async () => {
    const { host, member } = await failingAt(0);
    expect(await member.get('/settings/export')).toMatchObject({ status: 500 });
    await host.close();
  });

  it('breaks the connection if the response has begun, so that the client notices', async () => {
    const { host, member } = await failingAt(1);
    await expect(member.get('/settings/export')).rejects.toThrow();
    await vi.waitUntil(() => host.failures.length > 0);
    await host.close();
  });
});
