import type { AddressInfo } from 'node:net';
import { silentLogger } from '@microblog/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bodiesOf } from '../../packages/host-koa/tests/support/mail-text.ts';
import { type MailServer, mailServer } from '../../packages/host-koa/tests/support/smtp-server.ts';
import { createDatabase, type TestDatabase } from '../../tests/support/databases.ts';
import { browserlessMember } from '../../tests/support/member.ts';
import { buildApp } from './app.js';

const ORIGIN = 'https://library.example';
const PASSWORD = 'correct horse battery';

describe('a microblog with all that it can be given', () => {
  let database: TestDatabase;
  let mails: MailServer;
  let app: Awaited<ReturnType<typeof buildApp>>;
  let url: string;
  beforeAll(async () => {
    database = await createDatabase();
    mails = await mailServer();
    app = await buildApp({
      databaseUrl: database.url,
      secretKey: 'a key for these tests alone',
      origin: ORIGIN,
      mailServer: { host: '127.0.0.1', port: mails.port, encryption: 'optional' },
      logger: silentLogger,
    });
    await new Promise<void>((listening) => app.server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/blog`;
  });
  afterAll(async () => {
    app.server.close().closeAllConnections();
    await app.close();
    await mails[Symbol.asyncDispose]();
    await database.drop();
  });

  async function register(nickname: string) {
    const member = browserlessMember(url);
    const fields = { nickname, email: `${nickname}@example.org`, password: PASSWORD };
    expect((await member.submit('/register', fields)).status).toBe(303);
    return member;
  }

  /** Waits for the newest mail to that person whose text matches. */
  async function mailTo(nickname: string, text: RegExp): Promise<string> {
    return vi.waitUntil(
      () => {
        const own = mails.received.filter(({ to }) => to.includes(`${nickname}@example.org`));
        return own.map(({ raw }) => bodiesOf(raw)['text/plain'] ?? '').findLast((body) => text.test(body));
      },
      { timeout: 20_000, interval: 20 },
    );
  }

  it('writes to people, with links to its pages that work', async () => {
    const ada = await register('ada');
    const ben = await register('ben');
    const confirm = /https:\/\/library\.example\/blog(\/confirm-email\/\S+)/;
    const [, confirmation = ''] = confirm.exec(await mailTo('ada', confirm)) ?? [];
    expect((await ada.submit(confirmation, {})).status).toBe(303);
    expect((await ben.submit('/user/ada/follow', {})).status).toBe(303);
    const end = /https:\/\/library\.example\/blog(\/unsubscribe\/\S+)/;
    const [text = '', unsubscribe = ''] = end.exec(await mailTo('ada', end)) ?? [];
    expect(text).toContain(ORIGIN);
    expect((await browserlessMember(url).submit(unsubscribe, {})).status).toBe(200);
    expect(mails.received.map(({ from }) => from)).toContain('blog@example.org');
  });

  it('finds posts, of the length that was chosen', async () => {
    const member = await register('cleo');
    const body = `compose ${'music '.repeat(40)}`.trim();
    expect(body.length).toBeGreaterThan(140);
    expect((await member.submit('/posts', { body })).status).toBe(303);
    expect(await (await member.get('/search?q=compose')).text()).toContain('>compose</mark>');
  });

  it('gives its posts to other sites, with its name and its address', async () => {
    const embed = await fetch(`${url}/embed/timeline`);
    expect(embed.headers.get('Access-Control-Allow-Origin')).toBe('*');
    const feed = (await (await fetch(`${url}/feed.json`)).json()) as Record<string, string>;
    expect([feed.title, feed.feed_url]).toEqual(['The Reading Room', `${ORIGIN}/blog/feed.json`]);
  });
});
