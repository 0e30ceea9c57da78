import { describe, expect, it } from 'vitest';
import { postLinks } from './post-links.ts';

/** The linked parts of a text, with the target if it differs from the written address. */
const linked = (text: string) =>
  postLinks(text).map(({ start, end, url }) => {
    const written = text.slice(start, end);
    return written === url ? url : `${written} → ${url}`;
  });

describe('postLinks', () => {
  it.each([
    'https://пример.испытание/путь',
    'https://münchen.example/straße?q=ä#ö',
    'http://xn--fiqs8s',
    'https://localhost:3000/x',
    'http://192.0.2.1/',
    'https://[2001:db8::1]/',
    'HTTPS://EXAMPLE.ORG',
    'https://example.org/a_(b)',
    'https://example.org/a,b;c=d',
    "https://example.org/it's",
    'https://example.org/#!/x',
    'https://example.org/100%25',
    'https://example.org/日本語',
    `https://example.org/${'a'.repeat(4000)}`,
  ])('takes %.60s whole', (url) => {
    expect(linked(url)).toEqual([url]);
    expect(linked(`see ${url} now`)).toEqual([url]);
  });

  it.each([
    ['(https://example.org/a)'],
    ['[text](https://example.org/a)'],
    ['<https://example.org/a>'],
    ['"https://example.org/a"'],
    ['«https://example.org/a»'],
    ['“https://example.org/a”'],
    ['https://example.org/a.'],
    ['https://example.org/a?'],
    ['https://example.org/a…'],
    ['https://example.org/a。'],
    ['https://example.org/a、'],
    ['https://example.org/a،'],
  ])('leaves what stands around it in %s', (text) => expect(linked(text)).toEqual(['https://example.org/a']));

  it.each([
    ['www.example.org', ['www.example.org → https://www.example.org']],
    ['example.org', ['example.org → https://example.org']],
    ['example.org/a?b=c', ['example.org/a?b=c → https://example.org/a?b=c']],
    ['example.org, example.com.', ['example.org → https://example.org', 'example.com → https://example.com']],
    ['docs.rs/serde', ['docs.rs/serde → https://docs.rs/serde']],
  ])('takes %s without a scheme for a safe one', (text, links) => expect(linked(text)).toEqual(links));

  it.each([
    'README.md, setup.py, main.rs and run.sh',
    'That is so.It was late.So what',
    'e.g. i.e. U.S.A. 12.30 1.2.3.4 v1.2',
    'Node.js a.b archive.zip',
    'https:// http://. https://?',
    'xhttps://example.org',
    'javascript:alert(1) JaVaScRiPt:alert(1) javascript://example.org/%0aalert(1)',
    'data:text/html,x vbscript:x file:///etc/passwd mailto:a@example.org ftp://example.org',
    '//example.org/a',
    'ada@example.org @ada @ada@example.org',
  ])('finds none in %s', (text) => expect(linked(text)).toEqual([]));

  it('ends before what turns the direction of writing', () => {
    expect(linked('https://example.org/\u202egnp.exe')).toEqual(['https://example.org/']);
    expect(linked('https://example.org\u2066/a')).toEqual(['https://example.org']);
  });

  it('never links to the part after an @', () => {
    for (const link of linked('https://example.org@evil.example/ https://a:b@evil.example/')) {
      expect(link).not.toContain('evil');
    }
  });
});
