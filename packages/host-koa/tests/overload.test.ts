import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { memoryStorage, type Storage } from '@microblog/core';
import { afterEach, describe, expect, it } from 'vitest';
import { hostOpener, type RunningHost } from './support/host.ts';
import { postBodies } from './support/html.ts';
import { visitor } from './support/visitor.ts';

const LIMIT = 8;

/** Reading all posts waits while `held`; the test counts how often it begins. */
async function open() {
  const storage = memoryStorage();
  const reads = { count: 0, held: false };
  const waiting: (() => void)[] = [];
  const posts: Storage['posts'] = {
    ...storage.posts,
    async listAll(reader, page) {
      reads.count++;
      if (reads.held) await new Promise<void>((resolve) => void waiting.push(resolve));
      return storage.posts.listAll(reader, page);
    },
  };
  const host = await hostOpener({ openStorage: async () => ({ ...storage, posts }) })({
    app: { maxConcurrentRequests: LIMIT },
  });
  running = host;
  const release = () => {
    reads.held = false;
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { host, reads, release };
}

let running: RunningHost | undefined;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  expect(running?.failures).toEqual([]);
  await running?.close();
});

/** Each for another page, so that none shares the page of another. */
const explore = (number: number) => `/explore?before=${10_000 + number}`;

async function sendAhead(url: string, requests: number): Promise<Socket> {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => {});
  await once(socket, 'connect');
  const lines = Array.from(
    { length: requests },
    (_, number) => `GET ${explore(number)} HTTP/1.1\r\nHost: example.org\r\nAccept: text/html\r\n\r\n`,
  );
  socket.write(lines.join(''));
  return socket;
}

describe('a site with more requests than it can work on', () => {
  it('refuses the rest at once, answers health checks and files, and is as before afterwards', async () => {
    const { host, reads, release } = await open();
    reads.held = true;
    const accepted = Array.from({ length: LIMIT }, (_, number) => visitor(host.url).get(explore(number)));
    await expect.poll(() => reads.count).toBe(LIMIT);
    const refused = await visitor(host.url).get('/explore');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('Retry-After')).toBe('2');
    expect(refused.headers.get('Content-Type')).toBe('text/plain; charset=utf-8');
    expect((await visitor(host.url).get('/healthz')).status).toBe(200);
    expect((await visitor(host.url).get('/robots.txt')).status).toBe(200);
    release();
    expect((await Promise.all(accepted)).map(({ status }) => status)).toEqual(accepted.map(() => 200));
    expect((await visitor(host.url).get('/explore')).status).toBe(200);
  });

  it('still takes what a member has written', async () => {
    const { host, reads, release } = await open();
    const ada = visitor(host.url);
    await ada.register('ada');
    const _csrf = await ada.token('/');
    reads.held = true;
    const before = reads.count;
    const accepted = Array.from({ length: LIMIT }, (_, number) => visitor(host.url).get(explore(number)));
    await expect.poll(() => reads.count).toBe(before + LIMIT);
    expect((await ada.send('/posts', { _csrf, body: 'not lost' })).status).toBe(303);
    release();
    await Promise.all(accepted);
    expect(postBodies((await visitor(host.url).get('/explore')).text)).toEqual(['not lost']);
  });
});

describe('connections that send a thousand requests ahead and leave', () => {
  it('cost a few pages, not hundreds', async () => {
    const { host, reads, release } = await open();
    reads.held = true;
    // Up to 100 requests may wait on a connection.
    const ahead = await Promise.all(Array.from({ length: LIMIT }, () => sendAhead(host.url, 100)));
    await expect.poll(() => reads.count).toBe(1);
    expect((await visitor(host.url).get('/healthz')).status).toBe(200);
    for (const socket of ahead) socket.destroy();
    release();
    const answer = await visitor(host.url).get('/explore');
    expect(answer.status).toBe(200);
    // A few more may begin before the server knows that a client has left; all of them together are 800.
    expect(reads.count).toBeLessThan(40);
  });

  it('are closed', async () => {
    const { host, reads } = await open();
    const socket = await sendAhead(host.url, 1000);
    await new Promise((closed) => socket.once('close', closed));
    expect(reads.count).toBeLessThanOrEqual(1);
  });
});
