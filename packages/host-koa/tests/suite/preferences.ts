import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { flashOf, tags, valueIn } from '../support/html.ts';
import { texts } from '../support/texts.ts';
import type { Visitor } from '../support/visitor.ts';

const languageOf = (html: string) => tags(html, 'html')[0]?.attributes.lang;
const themeOf = (html: string) => tags(html, 'html')[0]?.attributes['data-theme'];

export function preferencesSuite(open: OpenHost): void {
  describe('the language', () => {
    const host = useHost(open);

    it.each([
      ['es', 'es'],
      ['es-UY,es;q=0.9,en;q=0.1', 'es'],
      ['en-GB,en', 'en'],
      ['fr', 'en'],
      ['', 'en'],
    ])('is what the browser asks for: %j gives %s', async (language, expected) => {
      const { text, headers } = await host.visitor({ language }).get('/explore');
      expect(languageOf(text)).toBe(expected);
      expect(text).toContain(texts(expected).t('explore.title'));
      expect(headers.get('Vary')).toMatch(/Cookie.*Accept-Language/);
      expect(headers.get('Content-Language')).toBe(expected);
    });

    it.each([
      ['es', 'es'],
      ['de, es;q=0.5', 'es'],
      ['en', 'en'],
    ])('is that of errors for programs, too: %j gives %s', async (language, expected) => {
      const answer = await host.visitor({ language }).get('/posts/42', { Accept: 'application/json' });
      const { t } = texts(expected);
      expect(JSON.parse(answer.text).error.message).toBe(
        `${t('errors:codes.post_not_found.title')}. ${t('errors:codes.post_not_found.text')}`,
      );
      expect(answer.headers.get('Content-Language')).toBe(expected);
      expect(answer.headers.get('Vary')).toMatch(/Cookie.*Accept-Language/);
    });

    it('stays as it was chosen, for a year', async () => {
      const visitor = host.visitor();
      const answer = await visitor.submit('/language', { language: 'es', next: '/explore?before=42' });
      expect([answer.status, answer.location]).toEqual([303, '/explore?before=42']);
      const days =
        (Date.parse(answer.setCookies.get('microblog_language')?.attributes.expires ?? '') - Date.now()) /
        86_400_000;
      expect(days).toBeGreaterThan(364);
      expect(languageOf((await visitor.get('/')).text)).toBe('es');
    });

    it.each(['fr', '', '__proto__', 'es\0', '"><script>'])(
      'is not changed by a choice of %j',
      async (language) => {
        const visitor = host.visitor();
        expect((await visitor.submit('/language', { language })).status).toBe(303);
        expect(visitor.cookies.has('microblog_language')).toBe(false);
      },
    );

    it('is not changed by a cookie with another value', async () => {
      const visitor = host.visitor();
      visitor.cookies.set('microblog_language', 'constructor');
      expect(languageOf((await visitor.get('/')).text)).toBe('en');
    });

    it('never leads elsewhere', async () => {
      const answer = await host.visitor().submit('/language', { language: 'es', next: '//evil.example' });
      expect(answer.location).toBe('/');
    });
  });

  describe('the language of a member', () => {
    const host = useHost(open);
    const read = async (member: Visitor) => languageOf((await member.get('/explore')).text);

    it('is that of the account, whatever the browser asks for', async () => {
      const member = await host.member();
      expect(await read(member)).toBe('en');
      const saved = await member.submit('/settings/language', { language: 'es' }, '/settings');
      expect([saved.status, saved.location]).toEqual([303, '/settings']);
      expect(flashOf((await member.get('/settings')).text)).toBe(texts('es').t('flash.saved'));
      expect(await read(member)).toBe('es');
      const missing = await member.get('/posts/42');
      expect([missing.status, languageOf(missing.text)]).toEqual([404, 'es']);
    });

    it('is the one chosen in this browser before that, until another is chosen for the account', async () => {
      const member = await host.member();
      await member.submit('/language', { language: 'es' });
      expect(await read(member)).toBe('es');
      await member.submit('/settings/language', { language: 'en' }, '/settings');
      expect(await read(member)).toBe('en');
      expect(member.cookies.has('microblog_language')).toBe(false);
    });

    it.each(['fr', '', '__proto__', 'es\0'])('is not changed by a setting of %j', async (language) => {
      const member = await host.member();
      const answer = await member.submit('/settings/language', { language }, '/settings');
      expect(answer.status).toBe(303);
      expect(await read(member)).toBe('en');
    });
  });

  describe('the languages of a host', () => {
    const host = useHost(open, { app: { languages: ['es'] } });

    it('are those that it was given, the first for everybody else', async () => {
      expect(languageOf((await host.visitor({ language: 'en' }).get('/')).text)).toBe('es');
    });
  });

  describe('the theme', () => {
    const host = useHost(open);

    it('follows the system until one is chosen', async () => {
      const visitor = host.visitor();
      expect(themeOf((await visitor.get('/')).text)).toBe('auto');
      for (const theme of ['dark', 'light', 'auto']) {
        expect((await visitor.submit('/theme', { theme, next: '/explore' })).location).toBe('/explore');
        expect(themeOf((await visitor.get('/')).text)).toBe(theme);
      }
    });

    it.each(['neon', '', '"><script>'])('is not changed by a choice of %j', async (theme) => {
      const visitor = host.visitor();
      await visitor.submit('/theme', { theme });
      expect(themeOf((await visitor.get('/')).text)).toBe('auto');
    });
  });

  describe('a message after a redirect', () => {
    const host = useHost(open);

    if (open.signIn === 'own') {
      it('is shown exactly once', async () => {
        const member = await host.member();
        expect(flashOf((await member.get('/')).text)).toBe(
          texts('en').t('flash.registered', { nickname: member.nickname }),
        );
        expect(flashOf((await member.get('/')).text)).toBeNull();
      });
    }

    it('speaks the language of the page that shows it', async () => {
      const member = await host.member();
      await member.submit('/language', { language: 'es' });
      await member.submit('/posts', { body: 'Hola' });
      expect(flashOf((await member.get('/')).text)).toBe(texts('es').t('flash.published'));
    });

    it.each(['nonsense', 'followed:<script>alert(1)</script>', '%00', 'published:%0d%0a'])(
      'cannot be made up: %j says nothing',
      async (value) => {
        const visitor = host.visitor();
        visitor.cookies.set('microblog_flash', value);
        expect(flashOf((await visitor.get('/')).text)).toBeNull();
        expect(visitor.cookies.has('microblog_flash')).toBe(false);
      },
    );
  });

  describe('if only members see anything', () => {
    const host = useHost(open, { app: { requireLogin: true } });

    it.each([
      '/',
      '/explore',
      '/search?q=a',
      '/posts/42',
      '/user/john',
      '/user/john/followers',
      '/explore?before=x',
    ])('leads a visitor of %s to the sign-in page, and from there back', async (path) => {
      const answer = await host.visitor().get(path);
      const base = new URL(`${host.running.url}/`).pathname.slice(0, -1);
      const wayIn =
        open.signIn === 'own'
          ? `/login?next=${encodeURIComponent(path)}`
          : `/shop/login?${new URLSearchParams({ next: base + path })}`;
      expect([answer.status, answer.location]).toEqual([303, wayIn]);
    });

    it('answers a program with 401', async () => {
      const answer = await host.visitor().get('/explore', { Accept: 'application/json' });
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'sign_in_required' } });
    });

    if (open.signIn === 'own') {
      it('lets visitors sign in, register and choose a language, and gives them style sheets', async () => {
        const visitor = host.visitor();
        const login = await visitor.get('/login');
        expect(valueIn(login.text, 'login')).toBe('');
        expect((await visitor.get('/register')).status).toBe(200);
        expect((await visitor.submit('/language', { language: 'es' }, '/login')).status).toBe(303);
        const sheet = tags(login.text, 'link').find(({ attributes }) => attributes.rel === 'stylesheet')
          ?.attributes.href;
        expect((await fetch(new URL(sheet ?? '', host.running.url))).status).toBe(200);
      });
    }

    it('shows members everything', async () => {
      const member = await host.member();
      for (const path of ['/', '/explore', `/user/${member.nickname}`])
        expect((await member.get(path)).status).toBe(200);
    });
  });
}
