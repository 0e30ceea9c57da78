import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { tags, textOf } from '../support/html.ts';
import { arriving } from '../support/surroundings.ts';
import { texts } from '../support/texts.ts';

const PAGES = ['/', '/explore', '/search', '/search?q=words', '/nothing-here'];
const ACCOUNT_PAGES = ['/login', '/register'];

const ACCOUNT_METHODS: [method: string, path: string, allowed: string][] = [
  ['PUT', '/login', 'HEAD, GET, POST'],
  ['GET', '/logout', 'POST'],
];

const NOWHERE = [
  '/nothing-here',
  '/user',
  '/user/',
  '/user/john/friends',
  '/.env',
  '/assets/',
  '/index.php',
  '/%00',
  '/%ED%A0%80',
  '/%',
  '/a%2fb',
  '//evil.example/',
];

export function protocolSuite(open: OpenHost): void {
  const isOwn = open.signIn === 'own';
  const pages = isOwn ? [...PAGES, ...ACCOUNT_PAGES] : PAGES;

  describe('every page', () => {
    const host = useHost(open);

    it.each(pages)('%s allows nothing inline and nothing from elsewhere', async (path) => {
      const { headers, text } = await host.visitor().get(path);
      const policy = headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
      expect(tags(text, 'script').every(({ attributes }) => attributes.src?.startsWith('/'))).toBe(true);
      expect(text).not.toMatch(/<style|<[^>]*\s(on\w+|style)=/i);
    });

    it.each(pages)('%s carries the other headers that protect it', async (path) => {
      const { headers } = await host.visitor().get(path);
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
      expect(headers.get('X-Frame-Options')).toBe('SAMEORIGIN');
      expect(headers.get('X-Powered-By')).toBeNull();
      expect(headers.get('Cache-Control')).toBe('private, no-cache');
      expect(headers.get('Content-Type')).toBe('text/html; charset=utf-8');
      expect(headers.get('Vary')).toMatch(/Cookie/);
    });

    it('has the token of its forms, and no two pages the same', async () => {
      const visitor = host.visitor();
      expect(await visitor.token('/explore')).not.toBe(await visitor.token('/explore'));
    });

    it('answers HEAD as GET, without the page', async () => {
      for (const path of ['/', '/explore', '/nothing-here']) {
        const [head, get] = [
          await host.visitor().request(path, { method: 'HEAD' }),
          await host.visitor().get(path),
        ];
        expect([head.status, head.text]).toEqual([get.status, '']);
        expect(head.headers.get('Content-Type')).toBe(get.headers.get('Content-Type'));
      }
    });

    it('names the request, for the log', async () => {
      const first = (await host.visitor().get('/')).headers.get('X-Request-Id');
      const second = (await host.visitor().get('/')).headers.get('X-Request-Id');
      expect(first).toMatch(/^[\w-]{8,64}$/);
      expect(second).not.toBe(first);
    });
  });

  describe('an address without a page', () => {
    const host = useHost(open);

    it.each(arriving(NOWHERE, open.around))('%s is answered with 404', async (path) => {
      const { status, text } = await host.visitor().get(path);
      expect([status, textOf(text)]).toEqual([
        404,
        expect.stringContaining(texts('en').t('errors:codes.page_not_found.title')),
      ]);
      expect(text).not.toMatch(/(href|action)="\/\/evil/);
    });

    it.each(['en', 'es'])(
      'is explained in %s, with a way back and the id of the request',
      async (language) => {
        const { t } = texts(language);
        const { text, headers } = await host.visitor({ language }).get('/nothing-here');
        expect(text).toContain(`lang="${language}"`);
        expect(textOf(text)).toContain(t('errors:codes.page_not_found.title'));
        expect(textOf(text)).toContain(t('errors:codes.page_not_found.text'));
        const id = headers.get('X-Request-Id') ?? '';
        expect(textOf(text)).toContain(t('error.reference', { id }));
        const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
        const home = tags(main, 'a').find(({ end }) => main.startsWith(t('error.home'), end));
        const { pathname } = new URL(`${host.running.url}/`);
        expect(home?.attributes.href).toBe(pathname);
      },
    );

    it('shows no part of the query as markup', async () => {
      const path = '/%22%3E%3Cscript%3Ealert(1)%3C/script%3E?"><script>alert(1)</script>';
      expect((await host.visitor().get(path)).text).not.toContain('<script>alert');
    });
  });

  describe('a method that an address does not allow', () => {
    const host = useHost(open);

    it.each<[method: string, path: string, allowed: string]>([
      ['DELETE', '/', 'HEAD, GET'],
      ...(isOwn ? ACCOUNT_METHODS : []),
      ['GET', '/posts/42/delete', 'POST'],
      ['GET', '/user/john/follow', 'POST'],
      ['POST', '/explore', 'HEAD, GET'],
      ['GET', '/posts', 'POST'],
      ['PROPFIND', '/explore', 'HEAD, GET'],
    ])('%s %s is answered with 405 and the allowed methods', async (method, path, allowed) => {
      const { status, headers, text } = await host.visitor().request(path, { method });
      expect([status, headers.get('Allow')]).toEqual([405, allowed]);
      expect(textOf(text)).toContain(texts('en').t('errors:codes.method_not_allowed.title'));
    });

    it('OPTIONS lists the allowed methods', async () => {
      const { status, headers } = await host.visitor().request('/posts', { method: 'OPTIONS' });
      expect([status, headers.get('Allow')]).toEqual([200, 'POST']);
    });
  });

  describe('an error for a program', () => {
    const host = useHost(open);
    const json = { Accept: 'application/json' };

    it('is JSON with the code, a message in its language, and the request', async () => {
      const { status, headers, text } = await host.visitor({ language: 'es' }).get('/posts/42', json);
      expect(status).toBe(404);
      expect(headers.get('Content-Type')).toBe('application/json; charset=utf-8');
      expect(headers.get('Cache-Control')).toBe('private, no-cache');
      expect(JSON.parse(text)).toEqual({
        error: {
          code: 'post_not_found',
          message: texts('es').error('post_not_found'),
          fields: [],
          requestId: headers.get('X-Request-Id'),
        },
      });
    });

    it.each([
      ['/nothing-here', 404, 'page_not_found'],
      ['/user/nobody', 404, 'user_not_found'],
      ['/explore?before=x', 400, 'invalid_cursor'],
      ['/posts', 405, 'method_not_allowed'],
    ])('GET %s is %d %s', async (path, status, code) => {
      const answer = await host.visitor().get(path, json);
      expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([status, code]);
    });

    it('answers 401 instead of redirecting to the sign-in page', async () => {
      const visitor = host.visitor({ headers: json });
      const token = await host.visitor().token('/explore');
      const answer = await visitor.send('/posts', { _csrf: token, body: 'Hello' });
      expect(answer.status).toBe(403);
      const own = host.visitor();
      const answered = await own.send('/posts', { _csrf: await own.token('/explore'), body: 'Hello' }, json);
      expect([answered.status, JSON.parse(answered.text).error.code]).toEqual([401, 'sign_in_required']);
    });
  });
}
