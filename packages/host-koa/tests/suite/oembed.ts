import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { xmlFaults } from '../support/feeds.ts';
import { type OpenHost, type TestHost, useHost } from '../support/host.ts';
import { tags, unescapeHtml } from '../support/html.ts';
import { texts } from '../support/texts.ts';

const ORIGIN = 'https://blog.example.org';
const SITE = 'https://friend.example';

/** A post and its public permalink. */
async function published(host: TestHost, body = 'Hello') {
  const { nickname } = await host.member();
  const user = await host.running.microblog.accounts.show(operator, nickname);
  const { id } = await host.running.microblog.posts.publish(user, { body });
  const home = `${ORIGIN}${new URL(`${host.running.url}/`).pathname.slice(0, -1)}`;
  return { nickname, id, home, url: `${home}/posts/${id}` };
}

const query = (url: string, more = '') => `/oembed?url=${encodeURIComponent(url)}${more}`;

export function oembedSuite(open: OpenHost): void {
  describe('oEmbed', () => {
    const host = useHost(open, { app: { origin: ORIGIN, embedOrigins: [SITE] } });

    it('describes a post as rich, with a frame of its embed', async () => {
      const { nickname, id, home, url } = await published(host);
      const { status, headers, text, setCookies } = await host.visitor().get(query(url));
      expect([status, headers.get('Content-Type'), setCookies.size]).toEqual([
        200,
        'application/json; charset=utf-8',
        0,
      ]);
      const answer = JSON.parse(text);
      expect(answer).toEqual({
        version: '1.0',
        type: 'rich',
        title: texts('en').t('post.title', { nickname }),
        author_name: nickname,
        author_url: `${home}/user/${nickname}`,
        provider_name: 'Microblog',
        provider_url: `${home}/`,
        cache_age: 3600,
        html: expect.any(String),
        width: 550,
        height: expect.any(Number),
      });
      const [frame] = tags(answer.html, 'iframe');
      expect(frame?.attributes).toMatchObject({
        src: `${home}/embed/post/${id}`,
        title: answer.title,
        width: String(answer.width),
        height: String(answer.height),
      });
      expect((await host.visitor().get(`/embed/post/${id}`)).status).toBe(200);
    });

    it('has the same content as XML', async () => {
      const { url } = await published(host);
      const json = JSON.parse((await host.visitor().get(query(url, '&format=json'))).text);
      const { headers, text } = await host.visitor().get(query(url, '&format=xml'));
      expect(headers.get('Content-Type')).toBe('text/xml; charset=utf-8');
      expect(xmlFaults(text)).toEqual([]);
      const fields = [...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, value = '']) => [
        name,
        unescapeHtml(value),
      ]);
      expect(Object.fromEntries(fields)).toEqual(
        Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)])),
      );
    });

    it('keeps within the width and the height asked for', async () => {
      const { url } = await published(host, 'word '.repeat(28));
      const sizes = async (more: string) => {
        const { width, height } = JSON.parse((await host.visitor().get(query(url, more))).text);
        return { width, height };
      };
      const wide = await sizes('');
      const narrow = await sizes('&maxwidth=320');
      expect(narrow.width).toBe(320);
      expect(narrow.height).toBeGreaterThan(wide.height);
      expect(await sizes('&maxwidth=200&maxheight=100')).toEqual({ width: 200, height: 100 });
      expect(await sizes('&maxwidth=9999&maxheight=9999')).toEqual(wide);
      expect(await sizes('&maxwidth=0&maxheight=-5')).toEqual(wide);
      expect(await sizes('&maxwidth=wide')).toEqual(wide);
    });

    it('accepts a permalink in the forms that people share', async () => {
      const { url } = await published(host);
      for (const address of [
        url.replace('https:', 'http:'),
        `${url}/`,
        `${url}?utm=x#post`,
        url.replace('blog', 'BLOG'),
      ]) {
        expect((await host.visitor().get(query(address))).status).toBe(200);
      }
    });

    it('rejects any other address', async () => {
      const { url, home, id, nickname } = await published(host);
      for (const address of [
        '',
        'x',
        url.replace(ORIGIN, 'https://elsewhere.example'),
        url.replace(ORIGIN, 'https://blog.example.org:8443'),
        url.replace(ORIGIN, 'https://blog.example.org@elsewhere.example'),
        url.replace('https:', 'ftp:'),
        `${home}/user/${nickname}`,
        `${home}/posts/42`,
        `${home}/posts/${id}/delete`,
        `${home}elsewhere/posts/${id}`,
        `${home}/posts/0`,
        `${home}/posts/${'9'.repeat(30)}`,
      ]) {
        const { status, headers } = await host.visitor().get(query(address));
        expect([address, status, headers.get('Content-Type')]).toEqual([
          address,
          404,
          'text/plain; charset=utf-8',
        ]);
      }
      expect((await host.visitor().get('/oembed')).status).toBe(404);
    });

    it.each(['yaml', 'JSON', 'xml2'])('does not offer the format %s', async (format) => {
      const { url } = await published(host);
      const { status, text } = await host.visitor({ language: 'es' }).get(query(url, `&format=${format}`));
      expect([status, text]).toEqual([501, `${texts('es').error('format_not_offered')}\n`]);
    });

    it('is found from a permalink, in both formats', async () => {
      const { id, url } = await published(host);
      const { text } = await host.visitor().get(`/posts/${id}`);
      for (const [type, format] of [
        ['application/json+oembed', 'json'],
        ['text/xml+oembed', 'xml'],
      ]) {
        const link = tags(text, 'link').find(({ attributes }) => attributes.type === type);
        expect(link?.attributes.rel).toBe('alternate');
        const { origin, searchParams } = new URL(link?.attributes.href ?? '');
        expect([origin, searchParams.get('url'), searchParams.get('format')]).toEqual([ORIGIN, url, format]);
      }
    });

    it('is known by the post alone, not by the address that it was asked under', async () => {
      const { url } = await published(host);
      const headers = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http' };
      expect((await host.visitor().get(query(url), headers)).text).not.toContain('evil');
    });
  });

  describe('oEmbed if no site may show frames', () => {
    const host = useHost(open, { app: { origin: ORIGIN } });

    it('hands out the text itself', async () => {
      const { url } = await published(host, '<b>one</b>\ntwo');
      const { html } = JSON.parse((await host.visitor().get(query(url))).text);
      expect(html).toMatch(/^<blockquote cite="[^"]+"><p dir="auto">&lt;b&gt;one&lt;\/b&gt;<br>two<\/p>/);
      expect(html).toContain(`<a href="${url}">`);
      expect(html).not.toContain('<iframe');
    });
  });

  describe('oEmbed without an origin, and if visitors see nothing', () => {
    const anonymous = useHost(open);
    const closed = useHost(open, { app: { origin: ORIGIN, requireLogin: true } });

    it('is not there, and not named by pages', async () => {
      const { id, url } = await published(anonymous);
      expect((await anonymous.visitor().get(query(url))).status).toBe(404);
      const here = `${anonymous.running.url}/posts/${id}`;
      expect((await anonymous.visitor().get(query(here))).status).toBe(404);
      expect((await anonymous.visitor().get(`/posts/${id}`)).text).not.toContain('oembed');
    });

    it('is closed', async () => {
      const { id, url } = await published(closed);
      expect((await closed.visitor().get(query(url))).status).toBe(401);
      expect((await (await closed.member()).get(`/posts/${id}`)).text).not.toContain('oembed');
    });
  });
}
