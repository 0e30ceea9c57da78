import { describe, expect, it } from 'vitest';
import { unescapeHtml } from '../../tests/support/html.ts';
import { isLong, postHtml } from './post-text.ts';

const FAMILY = '👨‍👩‍👧‍👦';

const link = (url: string, text = url) => `<a href="${url}" rel="nofollow ugc noopener">${text}</a>`;

describe('postHtml', () => {
  it('marks parts, escaped like the rest', () => {
    expect(
      postHtml('<b> & <b>', [
        { start: 0, end: 3 },
        { start: 6, end: 9 },
      ]),
    ).toBe('<mark>&lt;b&gt;</mark> &amp; <mark>&lt;b&gt;</mark>');
  });

  it('marks parts of links, inside of each', () => {
    const found = [{ start: 2, end: 12 }];
    expect(postHtml('a b http://example.org', found)).toBe(
      `a <mark>b </mark>${link('http://example.org', '<mark>http://ex').replace('</a>', '')}`.replace(
        '<mark>http://ex',
        '<mark>http://e</mark>xample.org</a>',
      ),
    );
  });

  it('leaves plain text as it is', () => {
    expect(postHtml('Hello, world')).toBe('Hello, world');
  });

  it('escapes what HTML would read', () => {
    expect(postHtml(`<b>"R&D"</b> 'x'`)).toBe('&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt; &#39;x&#39;');
  });

  it('escapes what is escaped already', () => {
    expect(postHtml('&lt;')).toBe('&amp;lt;');
  });

  it('makes breaks of line ends', () => {
    expect(postHtml('a\n\nb')).toBe('a<br><br>b');
  });

  it.each(['http://example.org', 'https://example.org/a/b?c=d#e', 'https://example.org:8443/'])(
    'links %s',
    (url) => {
      expect(postHtml(`see ${url} now`)).toBe(`see ${link(url)} now`);
    },
  );

  it('links an address that is written without its scheme', () => {
    expect(postHtml('www.example.org')).toBe(link('https://www.example.org', 'www.example.org'));
  });

  it.each(['.', ',', '!', '?', ')', ';', '…', '"'])('leaves the %s after a link outside of it', (mark) => {
    expect(postHtml(`https://example.org/a${mark}`)).toMatch(
      /^<a href="https:\/\/example\.org\/a" [^>]*>https:\/\/example\.org\/a<\/a>/,
    );
  });

  it('keeps brackets that belong to the address', () => {
    expect(postHtml('https://example.org/a_(b)')).toContain('href="https://example.org/a_(b)"');
  });

  it('escapes an ampersand in an address once', () => {
    expect(postHtml('https://example.org/?a=1&b=2')).toBe(link('https://example.org/?a=1&amp;b=2'));
  });

  it('links several addresses, also across lines', () => {
    expect(postHtml('https://a.example\nhttps://b.example')).toBe(
      `${link('https://a.example')}<br>${link('https://b.example')}`,
    );
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'mailto:a@example.org',
    'ftp://example.org',
    'file:///etc/passwd',
    'a@example.org',
    '10.0.0.1',
  ])('does not link %j', (text) => expect(postHtml(text)).not.toContain('<a'));

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/'onmouseover='alert(1)",
    'https://example.org/<script>alert(1)</script>',
    'https://example.org/"><script>alert(1)</script>',
    '</div><svg onload=alert(1)>',
    'https://javascript:alert(1)@example.org/',
    '{{ 7 * 7 }}',
  ])('lets nothing active through of %s', (body) => {
    const tags = postHtml(body).match(/<[^>]*>/g) ?? [];
    for (const tag of tags)
      expect(tag).toMatch(/^(<a href="https?:[^"<>]*" rel="nofollow ugc noopener">|<\/a>|<br>)$/);
  });

  it('is the text again without its tags, whatever is thrown at it, and holds no tag but those it makes', () => {
    const bits = [
      ...[
        '<',
        '>',
        '"',
        "'",
        '&',
        '&amp;',
        '&#60;',
        '<b>',
        '</a>',
        '<a href="',
        '<!--',
        '-->',
        '\\',
        '`',
        '\n',
        ' ',
        '\t',
      ],
      ...[
        'http://',
        'https://',
        'HTTPS://',
        'javascript:',
        'data:text/html,',
        'www.',
        'example.org',
        '//',
        '@',
        ':',
        '/',
        '?',
        '#',
      ],
      ...[
        '(',
        ')',
        '[',
        ']',
        '.',
        ',',
        '…',
        '。',
        'münchen.example',
        '例え.jp',
        'xn--p1ai',
        '\u202e',
        '\u200b',
        '\u0301',
        FAMILY,
      ],
      ...['onmouseover=alert(1)', '{{ x }}', '$&', '%22', '%', 'a'.repeat(50), '\ud83d', 'README.md'],
    ];
    // Pseudo-random texts, the same in every run: a linear congruential generator.
    let seed = 42;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    let linked = 0;
    for (let round = 0; round < 5000; round++) {
      const body = Array.from({ length: 1 + random(12) }, () => bits[random(bits.length)]).join('');
      const html = postHtml(body, random(2) === 0 ? [] : [{ start: 0, end: 1 + random(body.length) }]);
      for (const tag of html.match(/<[^>]*>?/g) ?? []) {
        expect(tag).toMatch(
          /^(<a href="https?:[^"<>]*" rel="nofollow ugc noopener">|<\/a>|<\/?mark>|<br>)$/i,
        );
        const [, href] = /href="([^"]*)"/.exec(tag) ?? [];
        if (href !== undefined) expect(new URL(unescapeHtml(href)).protocol).toMatch(/^https?:$/);
        linked += href === undefined ? 0 : 1;
      }
      expect(unescapeHtml(html.replaceAll('<br>', '\n').replace(/<[^>]*>/g, ''))).toBe(body);
    }
    expect(linked).toBeGreaterThan(500);
  });

  it('keeps a long text of beginnings of links whole', () => {
    const body = 'http://'.repeat(2000);
    expect(unescapeHtml(postHtml(body).replace(/<[^>]*>/g, ''))).toBe(body);
  });
});

describe('isLong', () => {
  it.each([
    ['14 lines', Array(14).fill('a').join('\n')],
    ['14 lines, empty ones among them', `a${'\n'.repeat(13)}`],
    ['one line that is broken 14 times', 'a'.repeat(14 * 60)],
    ['as many joined families as a post may hold', '👨‍👩‍👧‍👦'.repeat(140)],
  ])('is false for %s', (_what, body) => expect(isLong(body)).toBe(false));

  it.each([
    ['15 lines', Array(15).fill('a').join('\n')],
    ['a line too long', 'a'.repeat(14 * 60 + 1)],
    ['lines of which some are broken', Array(8).fill('a'.repeat(61)).join('\n')],
  ])('is true for %s', (_what, body) => expect(isLong(body)).toBe(true));
});
