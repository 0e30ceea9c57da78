import { describe, expect, it } from 'vitest';
import { embedOrigins, parseEmbedOrigin } from './embed-origins.ts';

describe('parseEmbedOrigin', () => {
  it.each([
    ['https://example.org', 'https://example.org'],
    ['HTTPS://Example.ORG:443/', 'https://example.org'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['*', '*'],
  ])('takes %s as %s', (text, origin) => expect(parseEmbedOrigin(text)).toBe(origin));

  it.each([
    '',
    'example.org',
    '//example.org',
    'https://',
    'https://example.org/path',
    'https://example.org?x',
    'https://example.org#x',
    'https://user@example.org',
    'https://*.example.org',
    'ftp://example.org',
    'file:///etc',
    'null',
    "https://example.org;script-src 'unsafe-inline'",
    'https://a.example https://b.example',
    'https://example.org\nX-Header: 1',
  ])('takes %j for none', (text) => expect(parseEmbedOrigin(text)).toBeNull());
});

describe('embedOrigins', () => {
  it('is for no site if the list is empty', () => {
    const origins = embedOrigins([]);
    expect([origins.frameAncestors, origins.none, origins.differ]).toEqual(["'none'", true, false]);
    expect(origins.allowedFor('https://example.org')).toBeNull();
  });

  it('is for those of the list, by their whole origin', () => {
    const origins = embedOrigins(['https://a.example', 'http://b.example:81/']);
    expect(origins.frameAncestors).toBe('https://a.example http://b.example:81');
    expect(origins.allowedFor('http://b.example:81')).toBe('http://b.example:81');
    for (const other of ['http://a.example', 'http://b.example', 'https://x.a.example', '', 'null', '*']) {
      expect(origins.allowedFor(other)).toBeNull();
    }
    expect(origins.differ).toBe(true);
  });

  it('is for all if * is in the list', () => {
    const origins = embedOrigins(['https://a.example', '*']);
    expect([origins.frameAncestors, origins.allowedFor('https://b.example'), origins.differ]).toEqual([
      '*',
      '*',
      false,
    ]);
  });

  it('refuses what is no origin', () => {
    expect(() => embedOrigins(['https://a.example/page'])).toThrow(/https:\/\/a\.example\/page/);
  });
});
