import { createMicroblog, memoryStorage, operator, unrestrictedReader } from '@microblog/core';
import { recordingMailer } from '@microblog/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { createKoaApp, type KoaAppOptions } from '../../src/index.ts';
import { SECRET_KEY } from '../support/host.ts';
import { textOf, valueIn } from '../support/html.ts';
import { openShop, profileOf, type ShopRequest } from '../support/open-shop.ts';

describe('authenticate', () => {
  it('gets the request as it came, and what the host hung on it', async () => {
    const seen: object[] = [];
    const shop = await openShop({
      authenticate: (request: ShopRequest) => {
        const { url, headers, session } = request;
        seen.push({ url, device: headers['x-device'], session, hasSocket: request.socket.writable });
        return null;
      },
    });
    const browser = shop.member('ada');
    await browser.get('/explore?before=42', { 'X-Device': 'telephone' });
    const session = { user: profileOf('ada') };
    const url = '/blog/explore?before=42';
    expect(seen).toEqual([{ url, device: 'telephone', session, hasSocket: true }]);
  });

  it('is not asked for files and for what operators ask', async () => {
    const authenticate = vi.fn(() => null);
    const shop = await openShop({ authenticate });
    for (const path of ['/avatars/42.svg', '/assets/app.css', '/healthz', '/readyz']) {
      await shop.visitor().get(path);
    }
    expect(authenticate).not.toHaveBeenCalled();
  });

  it('may answer at once or later, and with undefined for a visitor', async () => {
    for (const answer of [null, undefined, Promise.resolve(null), Promise.resolve(profileOf('ada'))]) {
      const shop = await openShop({ authenticate: () => answer });
      const isMember = (await answer) != null;
      expect(valueIn((await shop.visitor().get('/')).text, 'body')).toBe(isMember ? '' : null);
    }
  });

  it('makes an account at first sight, one however many requests come at once', async () => {
    const shop = await openShop();
    const ada = shop.member('ada');
    const answers = await Promise.all(Array.from({ length: 12 }, () => ada.get('/')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { items } = await shop.microblog.accounts.list(operator);
    expect(items).toMatchObject([{ nickname: 'ada', email: 'ada@example.org' }]);
    expect((await ada.submit('/posts', { body: 'hello' }, '/')).status).toBe(303);
    expect((await shop.visitor().get('/user/ada')).text).toContain('hello');
  });

  it('renames somebody here when they are renamed there, and keeps what they wrote', async () => {
    const shop = await openShop();
    const ada = shop.member('ada');
    await ada.submit('/posts', { body: 'hello' }, '/');
    shop.signIn(ada, 'ada', { ...profileOf('ada'), nickname: 'Lady Lovelace' });
    await ada.get('/');
    expect((await shop.visitor().get('/user/lady_lovelace')).text).toContain('hello');
    expect((await shop.visitor().get('/user/ada')).status).toBe(404);
  });

  it('signs in somebody whose nickname and address are another person’s here', async () => {
    const shop = await openShop();
    await shop.storage.users.insert({
      ...{ id: '1' as never, nickname: 'ada', email: 'ada@example.org', locale: null, role: 'admin' },
      createdAt: new Date(),
    });
    const { status, text } = await shop.member('ada').get('/');
    expect([status, valueIn(text, 'body')]).toEqual([200, '']);
    expect(await shop.microblog.accounts.show(operator, 'ada2')).toMatchObject({
      email: null,
      role: 'member',
    });
    expect(shop.logged).toMatchObject([{ level: 'warn', details: { leftOut: ['email: taken'] } }]);
  });

  it('signs out with the host', async () => {
    const shop = await openShop();
    const ada = shop.member('ada');
    expect(valueIn((await ada.get('/')).text, 'body')).toBe('');
    shop.people.delete('ada');
    expect(valueIn((await ada.get('/')).text, 'body')).toBeNull();
  });

  it('binds the tokens of forms to who is signed in', async () => {
    const shop = await openShop();
    const browser = shop.member('ada');
    const token = await browser.token('/');
    shop.signIn(browser, 'ben');
    const refused = await browser.send('/posts', { _csrf: token, body: 'as somebody else' });
    expect(refused.status).toBe(403);
    shop.people.delete('ben');
    const late = await browser.send('/posts', { _csrf: token, body: 'typed in vain' });
    expect([late.status, textOf(late.text)]).toEqual([401, expect.stringContaining('typed in vain')]);
    expect((await shop.storage.posts.listAll(unrestrictedReader, { limit: 5 })).items).toEqual([]);
  });

  it('and requireLogin show members everything, and lead visitors to the host', async () => {
    const shop = await openShop({ requireLogin: true });
    const answer = await shop.visitor().get('/explore?before=4');
    expect([answer.status, answer.location]).toEqual([
      303,
      '/shop/login?next=%2Fblog%2Fexplore%3Fbefore%3D4',
    ]);
    expect((await shop.member('ada').get('/explore')).status).toBe(200);
  });
});

describe('createKoaApp', () => {
  it.each([
    ['confirmed', true, {}],
    ['all', false, {}],
    ['all', true, { authenticate: () => null, loginUrl: '/login' }],
  ])(
    'refuses pictures of Gravatar without the hashes of addresses, and says to choose %j (with mail: %j)',
    (choice, mail, signIn) => {
      const microblog = createMicroblog({
        storage: memoryStorage(),
        ...(mail ? { mailer: recordingMailer() } : {}),
      });
      expect(() => createKoaApp(microblog, { secretKeys: [SECRET_KEY], gravatar: true, ...signIn })).toThrow(
        `emailHashes: '${choice}'`,
      );
    },
  );

  const microblog = createMicroblog({ storage: memoryStorage() });
  const authenticate = () => null;
  it.each<[what: string, options: Partial<KoaAppOptions>, fault: RegExp]>([
    ['authenticate without loginUrl', { authenticate }, /authenticate and loginUrl together/],
    ['loginUrl without authenticate', { loginUrl: '/login' }, /authenticate and loginUrl together/],
    ['a loginUrl that is none', { authenticate, loginUrl: 'login' }, /loginUrl must be/],
    ['a logoutUrl that is none', { authenticate, loginUrl: '/', logoutUrl: 'x:' }, /logoutUrl must be/],
    ...[
      'https://cdn.example.org/pictures',
      'cdn.example.org',
      '*',
      "'self'",
      'https:',
      'https://a.example; x',
    ].map((origin): [string, Partial<KoaAppOptions>, RegExp] => [
      `pictures from ${origin}`,
      { avatarOrigins: [origin] },
      /avatarOrigins takes origins/,
    ]),
  ])('refuses %s', (_, options, fault) => {
    expect(() => createKoaApp(microblog, { secretKeys: [SECRET_KEY], ...options })).toThrow(fault);
  });
});
