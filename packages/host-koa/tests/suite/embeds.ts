import { createHash } from 'node:crypto';
import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { type OpenHost, type TestHost, useHost } from '../support/host.ts';
import { tags, textOf } from '../support/html.ts';
import { texts } from '../support/texts.ts';
import type { Answer } from '../support/visitor.ts';

const SITE = 'https://friend.example';
const OTHER = 'https://other.example';

const policyOf = ({ headers }: Answer) =>
  new Map(
    (headers.get('Content-Security-Policy') ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );

/** A person with a post, and the embeds that show it. */
async function author(host: TestHost, body = 'Hello') {
  const { nickname } = await host.member();
  const user = await host.running.microblog.accounts.show(operator, nickname);
  const { id } = await host.running.microblog.posts.publish(user, { body });
  return { nickname, user, id, embeds: ['/embed/timeline', `/embed/user/${nickname}`, `/embed/post/${id}`] };
}

const bodies = (html: string) =>
  [...html.matchAll(/<p class="body"[^>]*>(.*?)<\/p>/gs)].map(([, body]) => body);

export function embedsSuite(open: OpenHost): void {
  describe('an embed', () => {
    const host = useHost(open, { app: { embedOrigins: [SITE, 'http://localhost:8080/'] } });

    it('is one small page that loads nothing but pictures from here', async () => {
      for (const path of (await author(host)).embeds) {
        const answer = await host.visitor().get(path);
        expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
          200,
          'text/html; charset=utf-8',
        ]);
        expect(bodies(answer.text)).toContain('Hello');
        expect(answer.text).not.toMatch(/<script|<form|<[^>]*\s(on\w+|style)=/i);
        expect(tags(answer.text, 'link').map(({ attributes }) => attributes.rel)).toEqual(['icon']);
        for (const { attributes } of tags(answer.text, 'img')) {
          expect((await fetch(new URL(attributes.src ?? '', host.running.url))).status).toBe(200);
        }
        const [, style = ''] = /<style>(.*?)<\/style>/s.exec(answer.text) ?? [];
        const policy = policyOf(answer);
        expect(policy.get('default-src')).toBe("'none'");
        expect(policy.get('img-src')).toBe("'self'");
        expect(policy.get('style-src')).toBe(
          `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
        );
        expect([...policy.keys()].filter((name) => /script|connect|form-action/.test(name))).toEqual([
          'form-action',
        ]);
      }
    });

    it('is framed by the sites named, and by no other', async () => {
      for (const path of [...(await author(host)).embeds, '/embed/user/nobody', '/embed/post/x']) {
        const answer = await host.visitor().get(path);
        expect(policyOf(answer).get('frame-ancestors')).toBe(`${SITE} http://localhost:8080`);
        expect(answer.headers.get('X-Frame-Options')).toBeNull();
      }
    });

    it('is read by scripts of the sites named, and by those of no other', async () => {
      for (const path of [...(await author(host)).embeds, '/embed/user/nobody', '/oembed', '/feed.json']) {
        for (const [origin, allowed] of [
          [SITE, SITE],
          ['http://localhost:8080', 'http://localhost:8080'],
          [OTHER, null],
          ['null', null],
          [`${SITE}.evil.example`, null],
        ] as const) {
          const { headers } = await host.visitor().get(path, { Origin: origin });
          expect(headers.get('Access-Control-Allow-Origin')).toBe(allowed);
          expect(headers.get('Access-Control-Allow-Credentials')).toBeNull();
          expect(headers.get('Vary')).toMatch(/\bOrigin\b/);
          expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
        }
      }
    });

    it('leaves the pages as they were: framed only here, read by no other site', async () => {
      for (const path of ['/', '/explore', '/login']) {
        const answer = await host.visitor().get(path, { Origin: SITE });
        expect(policyOf(answer).get('frame-ancestors')).toBe("'self'");
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
        expect(answer.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
      }
    });

    it('sets no cookie, knows no member, and is kept for a while', async () => {
      const { embeds } = await author(host);
      const member = await host.member();
      for (const path of embeds) {
        const { headers, setCookies, text } = await member.get(path);
        expect([setCookies.size, headers.get('Cache-Control')]).toEqual([0, 'public, max-age=60']);
        expect(text).toBe((await host.visitor().get(path)).text);
        const again = await host.visitor().get(path, { 'If-None-Match': headers.get('ETag') ?? '' });
        expect([again.status, again.text]).toEqual([304, '']);
      }
    });

    it('shows markup in a post as text, and links as links', async () => {
      const body = '<img src=x onerror=alert(1)>\nhttps://example.org/';
      for (const path of (await author(host, body)).embeds) {
        expect(bodies((await host.visitor().get(path)).text)).toContain(
          '&lt;img src=x onerror=alert(1)&gt;<br><a href="https://example.org/" rel="nofollow ugc noopener">https://example.org/</a>',
        );
      }
    });

    it('shows as many posts as asked for, within bounds', async () => {
      const { user, nickname } = await author(host, '1');
      for (let number = 2; number <= 12; number++) {
        await host.running.microblog.posts.publish(user, { body: String(number) });
      }
      const shown = async (query: string) =>
        bodies((await host.visitor().get(`/embed/user/${nickname}${query}`)).text).length;
      expect(await shown('')).toBe(10);
      expect(await shown('?limit=3')).toBe(3);
      expect(await shown('?limit=100000')).toBe(12);
      for (const none of ['0', '-1', 'x', '1.5', '', '9'.repeat(30)]) {
        expect(await shown(`?limit=${none}`)).toBe(10);
      }
    });

    it('speaks the language asked for, and has the theme asked for', async () => {
      const { nickname } = await author(host);
      const path = `/embed/user/${nickname}`;
      for (const [query, language] of [
        ['?lang=es', 'en'],
        ['?lang=es-AR', 'en'],
        ['', 'es'],
      ] as const) {
        const { text } = await host.visitor({ language }).get(`${path}${query}`);
        expect(tags(text, 'html')[0]?.attributes.lang).toBe('es');
        expect(textOf(text)).toContain(texts('es').t('embed.user', { nickname }));
      }
      const theme = async (query: string) =>
        tags((await host.visitor().get(`${path}${query}`)).text, 'html')[0]?.attributes['data-theme'];
      expect(await theme('?theme=dark')).toBe('dark');
      expect(await theme('?theme=light')).toBe('light');
      expect(await theme('?theme="><script>')).toBeUndefined();
    });

    it('links to the pages, in a new window', async () => {
      const { nickname, id } = await author(host);
      const { text } = await host.visitor().get(`/embed/user/${nickname}`);
      const links = tags(text, 'a').map(({ attributes }) => attributes.href ?? '');
      expect(links.some((href) => href.endsWith(`/user/${nickname}`))).toBe(true);
      expect(links.some((href) => href.endsWith(`/posts/${id}`))).toBe(true);
      expect(tags(text, 'base')[0]?.attributes).toEqual({ target: '_blank' });
    });

    it.each(['en', 'es'])('shows a message in %s if there is nothing', async (language) => {
      const { nickname } = await host.member();
      const { t } = texts(language);
      const { status, text } = await host.visitor({ language }).get(`/embed/user/${nickname}`);
      expect(status).toBe(200);
      expect(textOf(text)).toContain(t('profile.empty_text', { nickname }));
    });

    it.each([
      ['/embed/user/nobody', 404, 'user_not_found'],
      ['/embed/user/%00', 404, 'user_not_found'],
      ['/embed/post/42', 404, 'post_not_found'],
      ['/embed/post/x', 404, 'post_not_found'],
    ])('%s says in a small page what is wrong: %d', async (path, expected, code) => {
      const { status, headers, text, setCookies } = await host.visitor({ language: 'es' }).get(path);
      expect([status, headers.get('Content-Type'), headers.get('Cache-Control'), setCookies.size]).toEqual([
        expected,
        'text/html; charset=utf-8',
        'no-cache',
        0,
      ]);
      expect(textOf(text)).toContain(texts('es').errorTitle(code));
      expect(text).not.toMatch(/<form|_csrf/);
    });

    it('takes no other method', async () => {
      const { status, headers } = await host.visitor().request('/embed/timeline', { method: 'PUT' });
      expect([status, headers.get('Allow')]).toEqual([405, 'HEAD, GET']);
    });
  });

  describe('embeds for no site', () => {
    const host = useHost(open);

    it('are framed and read by no site, and still show their post', async () => {
      for (const path of (await author(host)).embeds) {
        const answer = await host.visitor().get(path, { Origin: SITE });
        expect(answer.status).toBe(200);
        expect(policyOf(answer).get('frame-ancestors')).toBe("'none'");
        expect(answer.headers.get('X-Frame-Options')).toBe('DENY');
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull();
      }
    });
  });

  describe('embeds for everybody', () => {
    const host = useHost(open, {
      app: { embedOrigins: ['*'], brand: 'The <Reading> Room', theme: { accent: '#123456' } },
    });

    it('bear the name and the colours of the place', async () => {
      const { embeds } = await author(host);
      for (const path of [...embeds, '/embed/user/nobody']) {
        const answer = await host.visitor().get(path);
        expect(textOf(answer.text)).toContain('The <Reading> Room');
        const [, style = ''] = /<style>(.*?)<\/style>/s.exec(answer.text) ?? [];
        expect(style).toContain(':root{--mb-accent:#123456}');
        expect(policyOf(answer).get('style-src')).toBe(
          `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
        );
      }
      const feed = JSON.parse((await host.visitor().get('/feed.json')).text);
      expect(feed.title).toBe('The <Reading> Room');
    });

    it('are framed and read by every site', async () => {
      for (const path of (await author(host)).embeds) {
        const answer = await host.visitor().get(path, { Origin: OTHER });
        expect(policyOf(answer).get('frame-ancestors')).toBe('*');
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
      }
    });
  });

  describe('embeds if visitors see nothing', () => {
    const host = useHost(open, { app: { requireLogin: true, embedOrigins: [SITE] } });

    it('are closed, for members too, with a message', async () => {
      const { embeds } = await author(host);
      for (const path of [...embeds, '/embed/user/nobody']) {
        for (const who of [host.visitor(), await host.member()]) {
          const { status, text } = await who.get(path);
          expect([status, bodies(text)]).toEqual([401, []]);
          expect(textOf(text)).toContain(texts('en').t('errors:codes.sign_in_required.title'));
        }
      }
    });
  });

  describe('the script of <microblog-timeline>', () => {
    const host = useHost(open);

    it.each(['br', 'gzip'])('takes at most 2 KB on its way, as %s', async (encoding) => {
      const { status, headers } = await host
        .visitor()
        .request('/embed.js', { method: 'HEAD', headers: { 'Accept-Encoding': encoding } });
      expect([status, headers.get('Content-Encoding')]).toEqual([200, encoding]);
      const length = Number(headers.get('Content-Length'));
      expect(length).toBeGreaterThan(500);
      expect(length).toBeLessThanOrEqual(2048);
    });

    it('is for pages of every site, at a stable address, without cookies', async () => {
      const { status, headers, text, setCookies } = await host.visitor().get('/embed.js', { Origin: OTHER });
      expect([status, headers.get('Content-Type'), setCookies.size]).toEqual([
        200,
        'text/javascript; charset=utf-8',
        0,
      ]);
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
      expect(headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
      expect(headers.get('Cache-Control')).toBe('public, max-age=3600');
      expect(text).toContain('microblog-timeline');
      expect(text).not.toMatch(/\beval\b|innerHTML/);
      const again = await host.visitor().get('/embed.js', { 'If-None-Match': headers.get('ETag') ?? '' });
      expect([again.status, again.text]).toEqual([304, '']);
    });
  });
}
