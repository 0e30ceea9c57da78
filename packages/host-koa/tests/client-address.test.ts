import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMicroblog, memoryStorage } from '@microblog/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKoaApp } from '../src/index.ts';
import { SECRET_KEY } from './support/host.ts';

interface Seen {
  readonly ip: string;
  readonly protocol: string;
  readonly secure: boolean;
  readonly host: string;
}

/** Client, scheme and host of a request, as the application sees them. */
async function seen(server: Server, headers: IncomingHttpHeaders | readonly string[]): Promise<Seen> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', headers: headers as IncomingHttpHeaders });
    asked.once('error', reject).once('response', async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve(JSON.parse(text));
    });
    asked.end();
  });
}

function serve(trustProxy: boolean): Promise<Server> {
  const microblog = createMicroblog({ storage: memoryStorage() });
  const app = createKoaApp(microblog, { secretKeys: [SECRET_KEY], trustProxy });
  const server = createServer((incoming, response) => {
    const { ip, protocol, secure, host } = app.createContext(incoming, response);
    response.end(JSON.stringify({ ip, protocol, secure, host }));
  });
  return new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(server)));
}

describe('behind a proxy that is trusted', () => {
  let server: Server;
  beforeAll(async () => {
    server = await serve(true);
  });
  afterAll(() => server.close());

  it('the client is the one that the proxy saw', async () => {
    const headers = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' };
    expect(await seen(server, headers)).toMatchObject({ ip: '203.0.113.7', protocol: 'https', secure: true });
  });

  it.each([
    ['in one line', { 'X-Forwarded-For': '198.51.100.1, 127.0.0.1, 203.0.113.7' }],
    ['without spaces', { 'X-Forwarded-For': '198.51.100.1,203.0.113.7' }],
    ['IPv6', { 'X-Forwarded-For': '::1, 203.0.113.7' }],
    ['in lines of their own', { 'X-Forwarded-For': ['198.51.100.1', '203.0.113.7'] }],
  ])('entries that the client forged before that count for nothing: %s', async (_, headers) => {
    expect((await seen(server, headers)).ip).toBe('203.0.113.7');
  });

  it.each([
    ['203.0.113.9:4000', '203.0.113.9'],
    ['[2001:db8::1]:4000', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['198.51.100.1, 203.0.113.9:65535', '203.0.113.9'],
    ['', '127.0.0.1'],
  ])('the port of %s is left out', async (sent, ip) => {
    expect((await seen(server, { 'X-Forwarded-For': sent })).ip).toBe(ip);
  });

  it('a forged scheme counts for nothing', async () => {
    const headers = { 'X-Forwarded-Proto': 'https, http' };
    expect(await seen(server, headers)).toMatchObject({ protocol: 'http', secure: false });
    expect((await seen(server, { 'X-Forwarded-Proto': 'http,https' })).protocol).toBe('https');
    expect((await seen(server, { 'X-Forwarded-Proto': 'javascript' })).protocol).toBe('http');
  });

  it('X-Forwarded-Host counts for nothing', async () => {
    const headers = { Host: 'blog.example.org', 'X-Forwarded-Host': 'evil.example' };
    expect((await seen(server, headers)).host).toBe('blog.example.org');
  });

  it('a request that came past the proxy is its sender’s own', async () => {
    expect(await seen(server, {})).toMatchObject({ ip: '127.0.0.1', protocol: 'http' });
  });
});

describe('without a trusted proxy', () => {
  let server: Server;
  beforeAll(async () => {
    server = await serve(false);
  });
  afterAll(() => server.close());

  it('the client’s address comes from no header', async () => {
    const headers = {
      Host: 'blog.example.org',
      'X-Forwarded-For': '203.0.113.7',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'evil.example',
    };
    expect(await seen(server, headers)).toEqual({
      ip: '127.0.0.1',
      protocol: 'http',
      secure: false,
      host: 'blog.example.org',
    });
  });
});
