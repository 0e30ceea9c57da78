import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMicroblog } from '@microblog/core';
import { cheapPasswordHasher, memoryStorage } from '@microblog/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createKoaApp } from '../src/index.ts';
import { visitor } from './support/visitor.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A host whose users can be made unreachable. */
async function start() {
  const storage = memoryStorage();
  let reads = 0;
  const watched = {
    ...storage,
    users: {
      ...storage.users,
      find: (...args: Parameters<typeof storage.users.find>) => {
        reads++;
        return storage.users.find(...args);
      },
    },
  };
  const microblog = createMicroblog({ storage: watched, passwordHasher: cheapPasswordHasher() });
  const app = createKoaApp(microblog, { secretKeys: ['a key for these tests alone'] });
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, reads: () => reads };
}

describe('assets and avatars', () => {
  it('are sent to members without reading the database, and without changing a session', async () => {
    const host = await start();
    const member = visitor(host.url);
    await member.register('ada');
    const [css = ''] = (await member.get('/')).text.match(/\/assets\/app\.[^"]+\.css/) ?? [];
    member.cookies.set('microblog_session', '1.0.99999999999');
    const before = host.reads();
    for (const path of [css, '/avatars/5.svg']) {
      const { status, headers } = await member.get(path);
      expect([status, headers.get('Set-Cookie')]).toEqual([200, null]);
      expect(headers.get('Cache-Control')).toContain('public');
    }
    expect(host.reads()).toBe(before);
  });
});

describe('a request target that is no address', () => {
  it('is answered with 400 and the headers of every answer', async () => {
    const { port } = new URL((await start()).url);
    const { connect } = await import('node:net');
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('GET http://[/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('Content-Security-Policy');
  });
});
