import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserlessMember } from '../../tests/support/member.ts';
import { buildApp } from './app.js';

const FRIEND = 'https://friend.example';

describe('a microblog that a friend may show', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const settings = { secretKey: 'a key for these tests alone', origin: 'https://blog.example.org' };
    server = createServer(buildApp({ ...settings, friends: [FRIEND] }).callback());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const member = browserlessMember(url);
    await member.submit('/register', {
      nickname: 'ada',
      email: 'ada@example.org',
      password: 'correct horse battery',
    });
    await member.submit('/posts', { body: 'for everybody' });
  });
  afterAll(() => void server.close().closeAllConnections());

  it('gives its posts to pages of the friend', async () => {
    const answer = await fetch(`${url}/embed/user/ada`, { headers: { Origin: FRIEND } });
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(FRIEND);
    expect(answer.headers.get('Content-Security-Policy')).toContain(`frame-ancestors ${FRIEND}`);
    expect(await answer.text()).toContain('for everybody');
  });

  it('has a feed with its public address', async () => {
    const feed = (await (await fetch(`${url}/feed.json`)).json()) as { items: { url: string }[] };
    expect(feed.items[0]?.url).toMatch(/^https:\/\/blog\.example\.org\/posts\/\d+$/);
  });
});
