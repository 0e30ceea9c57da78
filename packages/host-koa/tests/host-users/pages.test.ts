import { describe, expect, it } from 'vitest';
import { formActions, tags, textOf, valueIn } from '../support/html.ts';
import { openShop, profileOf } from '../support/open-shop.ts';

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
