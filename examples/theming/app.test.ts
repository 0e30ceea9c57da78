import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserlessMember } from '../../tests/support/member.ts';
import { buildApp } from './app.js';

describe('a microblog with its own theme', () => {
  const server = createServer(buildApp({ secretKey: 'a key for these tests alone' }).callback());
  let url = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const page = async (path: string, language = 'en') =>
    (await fetch(url + path, { headers: { 'Accept-Language': language } })).text();

  it('has its name, its mark and its footer on every page', async () => {
    const login = await page('/login');
    expect(login).toContain('<title>Sign in · The Reading Room</title>');
    expect(login).toMatch(/<img src="\/assets\/book\.[0-9a-f]{8}\.svg"/);
    expect(login).toContain('Run by the town library.');
    expect(await page('/login', 'es')).toContain('Aviso legal');
  });

  it('adds to one page, with a text of its own', async () => {
    expect(await page('/explore')).toContain('Open from Tuesday');
    expect(await page('/explore', 'es')).toContain('Abierto de martes');
    expect(await page('/login')).not.toContain('Open from Tuesday');
  });

  it('has its own colours in a style sheet after ours', async () => {
    const login = await page('/login');
    const sheets = [...login.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, href]) => href);
    expect(sheets).toHaveLength(2);
    const sheet = await (await fetch(url + sheets[1])).text();
    expect(sheet).toContain('--mb-accent:light-dark(#7a2f8f,#d7a1e6)');
    const [, picture] = /url\((book\.[0-9a-f]{8}\.svg)\)/.exec(sheet) ?? [];
    expect((await fetch(`${url}/assets/${picture}`)).headers.get('content-type')).toBe('image/svg+xml');
  });

  it('asks another question in the composer', async () => {
    const member = browserlessMember(url);
    const fields = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    expect((await member.submit('/register', fields)).status).toBe(303);
    expect(await (await member.get('/')).text()).toContain('What are you reading?');
  });
});
