import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get, type IncomingHttpHeaders } from 'node:http';
import { operator } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { hostOpener, useHost } from './support/host.ts';
import { tags } from './support/html.ts';
import type { Visitor } from './support/visitor.ts';

const KILOBYTE = 1024;
const POSTS = 50;

/** A text of 140 characters that compresses worse than any real post. */
function text(seed: number): string {
  const letters = [1, 2]
    .map((part) => createHash('sha512').update(`${seed} ${part}`).digest('base64'))
    .join('');
  return (letters.match(/.{1,6}/g) ?? []).join(' ').slice(0, 140).trim();
}

/** Fifty people with a post of 140 characters each, no two alike, and one who follows all of them. */
async function readerOfMany(host: ReturnType<typeof useHost>): Promise<Visitor> {
  const { accounts, posts, follows } = host.running.microblog;
  const reader = await host.member({}, 'reader');
  const user = await host.running.microblog.accounts.show(operator, 'reader');
  for (let number = 0; number < POSTS; number++) {
    const nickname = text(-number).replace(/\W/g, '').slice(0, 8);
    const author = await accounts.register(null, {
      nickname,
      email: `${nickname}@example.org`,
      password: 'correct horse battery',
    });
    await posts.publish(author, { body: text(number) });
    await follows.follow(user, nickname);
  }
  return reader;
}

interface Sent {
  readonly headers: IncomingHttpHeaders;
  /** Bytes of the body as they were sent. */
  readonly bytes: number;
}

/** Requests a path as a browser does and counts the bytes, without decompressing them. */
function sent(url: string, encodings: string, cookies: ReadonlyMap<string, string>): Promise<Sent> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Promise((resolve, reject) => {
    get(
      url,
      { headers: { cookie, 'accept-encoding': encodings, 'accept-language': 'es' } },
      async (answer) => {
        let bytes = 0;
        for await (const chunk of answer) bytes += chunk.length;
        resolve({ headers: answer.headers, bytes });
      },
    ).on('error', reject);
  });
}

/** The limits that docs/performance.md states, in bytes. */
function documentedTotal(encoding: 'brotli' | 'gzip'): number {
  const page = readFileSync(new URL('../../../docs/performance.md', import.meta.url), 'utf8');
  const [, brotli = '', gzip = ''] = /all of it \| \*\*([\d,]+)\*\* \| \*\*([\d,]+)\*\*/.exec(page) ?? [];
  return Number((encoding === 'brotli' ? brotli : gzip).replaceAll(',', ''));
}

describe('the first load of a timeline of fifty posts', () => {
  const host = useHost(hostOpener(), { microblog: { postsPerPage: POSTS }, app: { compress: true } });
  let reader: Visitor;

  it.each(['gzip, deflate, br, zstd', 'gzip'])(
    'takes 60 KB at most with all that it shows but avatars (%s)',
    async (encodings) => {
      reader ??= await readerOfMany(host);
      const { text } = await reader.get('/');
      expect(tags(text, 'article')).toHaveLength(POSTS);
      const files = [...tags(text, 'link'), ...tags(text, 'script'), ...tags(text, 'use')]
        .map(({ attributes }) => attributes.src ?? attributes.href ?? '')
        .filter((path) => path.includes('/assets/'))
        .map((path) => path.replace(/#.*/, ''));
      const loads = await Promise.all(
        ['/', ...new Set(files)].map(async (path) => {
          const { bytes, headers } = await sent(
            new URL(path, host.running.url).href,
            encodings,
            reader.cookies,
          );
          expect(headers['content-encoding'], path).toBe(encodings.includes('br') ? 'br' : 'gzip');
          return [path, bytes] as const;
        }),
      );
      const kinds = loads.map(([path]) => path.match(/\w+$/)?.[0] ?? 'html').sort();
      expect(kinds).toEqual(['css', 'html', 'js', 'svg', 'svg']);
      const total = loads.reduce((sum, [, bytes]) => sum + bytes, 0);
      expect(total, JSON.stringify(loads)).toBeLessThanOrEqual(60 * KILOBYTE);
      const documented = documentedTotal(encodings.includes('br') ? 'brotli' : 'gzip');
      expect(Math.abs(total / documented - 1), JSON.stringify(loads)).toBeLessThan(0.03);
    },
  );

  it('is sent uncompressed if the client accepts no compression, and for HEAD', async () => {
    reader ??= await readerOfMany(host);
    const url = `${host.running.url}/`;
    const { headers, bytes } = await sent(url, 'identity', reader.cookies);
    expect([headers['content-encoding'], headers['content-length']]).toEqual([undefined, String(bytes)]);
    expect(headers.vary).toContain('Accept-Encoding');
    const head = await reader.request('/', { method: 'HEAD' });
    expect([head.status, head.headers.get('Content-Encoding'), head.text]).toEqual([200, null, '']);
  });

  it.each(['/settings', '/edit'])(
    'reveals nothing of a page with an e-mail address by its length: %s',
    async (path) => {
      reader ??= await readerOfMany(host);
      const { headers } = await sent(`${host.running.url}${path}?email=guess`, 'gzip, br', reader.cookies);
      expect(headers['content-encoding']).toBeUndefined();
    },
  );
});
