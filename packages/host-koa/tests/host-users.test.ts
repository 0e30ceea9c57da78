import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMicroblog, type HostProfile, memoryStorage, operator } from '@microblog/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKoaApp, type KoaAppOptions } from '../src/index.ts';
import { SECRET_KEY } from './support/host.ts';
import { formActions, tags, textOf, valueIn } from './support/html.ts';
import { texts } from './support/texts.ts';
import { type Visitor, visitor } from './support/visitor.ts';

interface ShopRequest extends IncomingMessage {
  session?: { user: unknown };
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const profileOf = (name: string): HostProfile => ({
  externalId: `shop-${name}`,
  nickname: name,
  email: `${name}@example.org`,
});

/** A shop that knows its people by a cookie, and hangs them on the request before the microblog gets it. */
async function openShop(options: Partial<KoaAppOptions> = {}) {
  const storage = memoryStorage();
  const logged: { level: string; details: Record<string, unknown>; message: string }[] = [];
  const log = (level: string) => (details: object, message: string) =>
    void logged.push({ level, details: { ...details }, message });
  const logger = { debug() {}, info() {}, warn: log('warn'), error: log('error') };
  const microblog = createMicroblog({ storage, logger });
  const people = new Map<string, unknown>();
  const app = createKoaApp(microblog, {
    secretKeys: [SECRET_KEY],
    basePath: '/blog',
    authenticate: (request: ShopRequest) => request.session?.user as HostProfile,
    loginUrl: '/shop/login',
    logger,
    ...options,
  });
  const handle = app.callback();
  const server = createServer((request: ShopRequest, response) => {
    const [, name = ''] = /(?:^|; )shop=(\w+)/.exec(request.headers.cookie ?? '') ?? [];
    if (people.has(name)) request.session = { user: people.get(name) };
    void handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close().closeAllConnections());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/blog`;
  return {
    url,
    storage,
    microblog,
    logged,
    people,
    visitor: () => visitor(url),
    signIn(browser: Visitor, name: string, profile: unknown = profileOf(name)) {
      people.set(name, profile);
      browser.cookies.set('shop', name);
    },
    member(name: string, profile?: unknown) {
      const browser = visitor(url);
      this.signIn(browser, name, profile);
      return browser;
    },
  };
}

describe('the pages with the users of a host application', () => {
  it('set one cookie, against forged forms, for their own path alone', async () => {
    const shop = await openShop();
    for (const browser of [shop.visitor(), shop.member('ada')]) {
      const { status, setCookies } = await browser.get('/');
      expect(status).toBe(200);
      expect([...setCookies.keys()]).toEqual(['microblog_csrf']);
      expect(setCookies.get('microblog_csrf')?.attributes.path).toBe('/blog');
    }
  });

  it('leave a session cookie of earlier days alone', async () => {
    const shop = await openShop();
    const browser = shop.visitor();
    browser.cookies.set('microblog_session', '1.0.99999999999');
    const { setCookies, text } = await browser.get('/');
    expect([setCookies.has('microblog_session'), valueIn(text, 'body')]).toEqual([false, null]);
  });

  it.each(['/login', '/register', '/logout', '/login/google', '/reset-password'])(
    'have nothing at %s',
    async (path) => {
      const shop = await openShop();
      for (const browser of [shop.visitor(), shop.member('ada')]) {
        expect((await browser.get(path)).status).toBe(404);
        expect((await browser.submit(path, { login: 'a', password: 'b' }, '/explore')).status).toBe(404);
      }
    },
  );

  it('offer no account, and lead to the sign-in of the host and back', async () => {
    const { url, visitor: newcomer } = await openShop();
    for (const [path, next] of [
      ['/', '/blog/'],
      ['/explore?before=42', '/blog/explore?before=42'],
      ['/nothing/here', '/blog/nothing/here'],
    ] as const) {
      const { text } = await newcomer().get(path);
      const links = tags(text, 'a').map(({ attributes }) => attributes.href ?? '');
      const wayIn = links.find((href) => href.startsWith('/shop/login')) ?? '';
      expect(new URL(wayIn, url).searchParams.get('next')).toBe(next);
      expect(links.filter((href) => /register|\/blog\/login/.test(href))).toEqual([]);
    }
  });

  it('have no way out unless the host names one, which is then a link', async () => {
    const wayOut = async (logoutUrl?: string) => {
      const shop = await openShop(logoutUrl === undefined ? {} : { logoutUrl });
      const { text } = await shop.member('ada').get('/');
      expect(formActions(text).filter((action) => /logout/.test(action))).toEqual([]);
      return tags(text, 'a').filter(({ attributes }) => /logout/.test(attributes.href ?? '')).length;
    };
    expect(await wayOut()).toBe(0);
    // In the column and in the menu of small screens.
    expect(await wayOut('/shop/logout')).toBe(2);
  });

  it('lead nowhere for a form that a visitor sends, and keep what was typed', async () => {
    const shop = await openShop({ loginUrl: 'https://id.example.org/enter' });
    const browser = shop.visitor();
    const { status, text } = await browser.submit('/posts', { body: 'Typed <before>' });
    expect([status, textOf(text)]).toEqual([401, expect.stringContaining('Typed <before>')]);
    expect(text).toContain('href="https://id.example.org/enter?next=%2Fblog%2F"');
  });
});

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
    const { items } = await shop.microblog.users.list(null);
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
    expect(await shop.microblog.users.show(null, 'ada2')).toMatchObject({ email: null, role: 'member' });
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
    expect((await shop.storage.posts.listAll({ limit: 5 })).items).toEqual([]);
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

describe('an authenticate that fails', () => {
  const SECRET = 'password=hunter2';
  const failing: [how: string, authenticate: () => never | unknown, remedy: RegExp][] = [
    [
      'throws',
      () => {
        throw new Error(SECRET);
      },
      /It threw\. Mend what it threw/,
    ],
    ['rejects', () => Promise.reject(new Error(SECRET)), /It threw/],
    ['rejects with nothing', () => Promise.reject(undefined), /It threw/],
    ['returns true', () => true, /no profile \(boolean\)/],
    ['returns a text', () => SECRET, /no profile \(string\)/],
    ['returns a list', () => [profileOf('ada')], /no profile/],
    ['returns an empty object', () => ({}), /externalId: required, nickname: required/],
    ['returns a nameless profile', () => ({ externalId: SECRET }), /nickname: required/],
    ['returns a wrong type', () => ({ ...profileOf('ada'), email: [SECRET] }), /email: wrong_type/],
    ['never answers', () => new Promise(() => {}), /within 30 ms\. .*raise authenticateTimeout/],
    [
      'answers too late',
      () => new Promise((_, reject) => setTimeout(() => reject(new Error(SECRET)), 60)),
      /within 30 ms/,
    ],
  ];

  it.each(failing)(
    '%s: is the page of a fault, and a line in the log that says what to do',
    async (_, answer, remedy) => {
      const shop = await openShop({
        authenticate: answer as NonNullable<KoaAppOptions['authenticate']>,
        authenticateTimeout: 30,
      });
      for (const language of ['en', 'es']) {
        const { status, text } = await shop.visitor().get('/', { 'Accept-Language': language });
        expect([status, textOf(text)]).toEqual([
          500,
          expect.stringContaining(texts(language).t('errors:codes.authenticate_failed.title')),
        ]);
        expect(text).not.toContain(SECRET);
      }
      expect(shop.logged).toHaveLength(2);
      expect(shop.logged[0]).toMatchObject({ level: 'error', details: { code: 'authenticate_failed' } });
      const { message } = (shop.logged[0]?.details.err ?? {}) as Error;
      expect(message).toMatch(remedy);
      expect(message).not.toContain(SECRET);
      const json = await shop.visitor().get('/', { Accept: 'application/json' });
      expect(JSON.parse(json.text).error.code).toBe('authenticate_failed');
      expect((await shop.visitor().get('/avatars/42.svg')).status).toBe(200);
      expect((await shop.microblog.users.list(null)).items).toEqual([]);
    },
  );

  it('leaves nothing running where it hangs: no timer, no listener', async () => {
    const sockets: NodeJS.EventEmitter[] = [];
    const shop = await openShop({
      authenticateTimeout: 20,
      authenticate(request) {
        sockets.push(request, request.socket);
        return new Promise(() => {});
      },
    });
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const browser = shop.visitor();
    for (let round = 0; round < 20; round++) expect((await browser.get('/')).status).toBe(500);
    for (const socket of sockets) {
      for (const event of socket.eventNames()) expect(socket.listenerCount(event)).toBeLessThan(8);
    }
    const after = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    expect(after - before).toBeLessThan(5);
  });
});

describe('somebody who is suspended here', () => {
  async function withSuspended(options: Partial<KoaAppOptions> = {}) {
    const shop = await openShop(options);
    const ada = shop.member('ada');
    await ada.get('/');
    const token = await ada.token('/explore').catch(() => '');
    const { id } = await shop.microblog.users.show(null, 'ada');
    await shop.storage.users.update(id, { suspendedAt: new Date() });
    return { shop, ada, token };
  }

  it('reads as a visitor does', async () => {
    const { ada } = await withSuspended();
    const { status, text } = await ada.get('/');
    expect([status, valueIn(text, 'body')]).toEqual([200, null]);
  });

  it('is told so, and not led in circles, when they do what members do', async () => {
    const { shop, ada, token } = await withSuspended();
    const title = texts('en').t('errors:codes.account_suspended.title');
    for (const _csrf of [token, await ada.token('/explore')]) {
      const { status, text } = await ada.send('/posts', { _csrf, body: 'typed text' });
      expect([status, textOf(text)]).toEqual([403, expect.stringContaining(title)]);
      expect(textOf(text)).toContain('typed text');
    }
    expect((await shop.storage.posts.listAll({ limit: 5 })).items).toEqual([]);
  });

  it('sees nothing where pages are for members, and is told why', async () => {
    const { ada } = await withSuspended({ requireLogin: true });
    const page = await ada.get('/explore');
    expect([page.status, page.location]).toEqual([403, null]);
    const json = await ada.get('/explore', { Accept: 'application/json' });
    expect(JSON.parse(json.text).error.code).toBe('account_suspended');
  });
});

describe('pictures that the host gives', () => {
  const CDN = 'https://cdn.example.org';
  const withPicture = { ...profileOf('ada'), avatarUrl: `${CDN}/ada.png` };
  const sourcesOf = (text: string) => [...new Set(tags(text, 'img').map(({ attributes }) => attributes.src))];

  it('are shown where their origin is allowed, and nothing else is', async () => {
    const shop = await openShop({ avatarOrigins: [CDN, 'http://127.0.0.1:8080'] });
    const { text, headers } = await shop.member('ada', withPicture).get('/user/ada');
    expect(sourcesOf(text)).toEqual([`${CDN}/ada.png`]);
    const [, sources] = /img-src ([^;]*)/.exec(headers.get('Content-Security-Policy') ?? '') ?? [];
    expect(sources).toBe(`'self' ${CDN} http://127.0.0.1:8080`);
    expect(shop.logged).toEqual([]);
  });

  it('are generated ones elsewhere, and the log says once what to do', async () => {
    const shop = await openShop({ avatarOrigins: ['http://cdn.example.org'] });
    for (const name of ['ada', 'ben']) {
      const profile = { ...withPicture, externalId: name, nickname: name, email: null };
      const { text, headers } = await shop.member(name, profile).get(`/user/${name}`);
      expect(sourcesOf(text)).toEqual([expect.stringMatching(/^\/blog\/avatars\/\d+\.svg$/)]);
      expect(headers.get('Content-Security-Policy')).not.toContain(CDN);
    }
    expect(shop.logged).toMatchObject([
      { level: 'warn', details: { origin: CDN }, message: expect.stringContaining('avatarOrigins') },
    ]);
  });
});

describe('somebody who is removed', () => {
  it('is gone from every page with what they wrote', async () => {
    const shop = await openShop();
    const ada = shop.member('ada');
    const ben = shop.member('ben');
    await ben.get('/');
    await ada.submit('/posts', { body: 'hello' }, '/');
    await ada.submit('/user/ben/follow', {}, '/explore');
    expect((await shop.visitor().get('/user/ben/followers')).text).toContain('/user/ada"');
    shop.people.delete('ada');
    expect(await shop.microblog.users.deprovision(operator, 'shop-ada')).toBe(true);
    expect((await shop.visitor().get('/user/ada')).status).toBe(404);
    expect((await shop.visitor().get('/explore')).text).not.toContain('hello');
    expect((await shop.visitor().get('/user/ben/followers')).text).not.toContain('/user/ada"');
    expect((await shop.microblog.users.show(null, 'ben')).followerCount).toBe(0);
  });
});

describe('createKoaApp', () => {
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
