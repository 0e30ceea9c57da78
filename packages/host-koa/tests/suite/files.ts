import { describe, expect, it } from 'vitest';
import { type OpenHost, useHost } from '../support/host.ts';
import { tags } from '../support/html.ts';
import { arriving } from '../support/surroundings.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';

const NO_ASSETS = [
  'app.css',
  'app.00000000.css',
  'manifest.json',
  '..%2f..%2fpackage.json',
  '..%2fmanifest.json',
  '%2e%2e%2fpackage.json',
  '..%5c..%5cpackage.json',
  '%00',
  'constructor',
  '%ED%A0%80',
];

const NO_AVATARS = [
  '42',
  '42.png',
  'john.svg',
  '0.svg',
  `${'1'.repeat(30)}.svg`,
  '42.svg%00',
  '..%2f42.svg',
  '%ED%A0%80.svg',
];

export function filesSuite(open: OpenHost): void {
  describe('assets', () => {
    const host = useHost(open);

    /** The page's style sheet, script and icon, as paths under the base path. */
    async function assetsOf(): Promise<string[]> {
      const { text } = await host.visitor().get('/explore');
      const found = [...tags(text, 'link'), ...tags(text, 'script')]
        .filter(({ attributes }) => !['alternate', 'canonical'].includes(attributes.rel ?? ''))
        .flatMap(({ attributes }) => attributes.href ?? attributes.src ?? []);
      const base = new URL(`${host.running.url}/`).pathname.slice(0, -1);
      return found.map((path) => path.slice(base.length));
    }

    it('are kept by browsers for ever, under names that change with their content', async () => {
      const paths = await assetsOf();
      expect(paths.length).toBeGreaterThanOrEqual(3);
      for (const path of paths) {
        const { status, headers, setCookies } = await host.visitor().get(path);
        expect([status, headers.get('Cache-Control'), setCookies.size]).toEqual([200, FOR_EVER, 0]);
        expect(path).toMatch(/^\/assets\/\w+\.[0-9a-f]{8}\.(css|js|svg)$/);
        expect(headers.get('Content-Type')).toMatch(
          /^(text\/css; charset=utf-8|text\/javascript; charset=utf-8|image\/svg\+xml)$/,
        );
        expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
      }
    });

    it.each([
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['gzip;q=1, br;q=0', 'gzip'],
      ['identity', null],
    ])('are compressed as the browser accepts: %j', async (accepted, encoding) => {
      const [path = ''] = (await assetsOf()).filter((name) => name.endsWith('.css'));
      const answer = await host.visitor().get(path, { 'Accept-Encoding': accepted });
      expect(answer.headers.get('Content-Encoding')).toBe(encoding);
      expect(answer.headers.get('Vary')).toMatch(/Accept-Encoding/);
      expect(answer.text).toContain('{');
    });

    it('answer HEAD as GET, with the length', async () => {
      const [path = ''] = await assetsOf();
      const headers = { 'Accept-Encoding': 'identity' };
      const get = await host.visitor().request(path, { headers });
      const head = await host.visitor().request(path, { method: 'HEAD', headers });
      expect([head.status, head.text, head.headers.get('Content-Type')]).toEqual([
        200,
        '',
        get.headers.get('Content-Type'),
      ]);
      expect(Number(head.headers.get('Content-Length'))).toBe(Buffer.byteLength(get.text));
      expect(head.headers.get('Cache-Control')).toBe(FOR_EVER);
    });

    it.each(arriving(NO_ASSETS, open.around))('%s is not one of them', async (name) => {
      const { status, headers } = await host.visitor().get(`/assets/${name}`);
      expect([status, headers.get('Cache-Control')]).toEqual([404, 'private, no-cache']);
    });

    it('are not given by a name that holds the way to one', async () => {
      const [path = ''] = await assetsOf();
      const name = path.replace('/assets/', '');
      for (const other of [`x%2f${name}`, `.%2f${name}`, `${name}.br`, `${name}%00`]) {
        expect((await host.visitor().get(`/assets/${other}`)).status).toBe(404);
      }
    });
  });

  describe('generated avatars', () => {
    const host = useHost(open);

    it('are pictures that browsers keep for ever', async () => {
      const { status, headers, text } = await host.visitor().get('/avatars/42.svg');
      expect([status, headers.get('Content-Type'), headers.get('Cache-Control')]).toEqual([
        200,
        'image/svg+xml',
        FOR_EVER,
      ]);
      expect(text).toMatch(/^<svg /);
      expect(headers.get('Set-Cookie')).toBeNull();
    });

    it('are those that pages show', async () => {
      const member = await host.member();
      const { text } = await member.get(`/user/${member.nickname}`);
      const sources = tags(text, 'img').map(({ attributes }) => attributes.src ?? '');
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect((await fetch(new URL(source, host.running.url))).status).toBe(200);
    });

    it.each(arriving(NO_AVATARS, open.around))('are not found as %s', async (name) =>
      expect((await host.visitor().get(`/avatars/${name}`)).status).toBe(404),
    );
  });
}
