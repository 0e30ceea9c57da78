import { describe, expect, it } from 'vitest';
import { scrubber } from './scrub.ts';

const scrub = scrubber(['correct horse', 'correct']);

describe('a scrubbed text', () => {
  it.each([
    ['Key (email)=(Ada.L+x@example.org) exists', 'Key (email)=(<address>) exists'],
    ['to <josé@exämple.org>, root@localhost', 'to <<address>>, <address>'],
    ['postgres://user:pass-word@host:5432/app', 'postgres://********@host:5432/app'],
    ['said correct horse, correct', 'said ********, ********'],
    ['\u001b[31mred\u0007\n\tnext', '[31mred\n\tnext'],
  ])('has no address, secret or control character: %j', (text, clean) => {
    expect(scrub(text)).toBe(clean);
  });

  it.each([
    'at f (file:///x/node_modules/.pnpm/@koa+router@15.7.0/node_modules/@koa/router/dist/a.js:1:2)',
    'at /x/node_modules/.pnpm/knex@3.3.0_pg@8.16.0/node_modules/knex/lib/a.js:10:20',
    'connect ECONNREFUSED 127.0.0.1:5432',
  ])('keeps file names, lines and versions: %s', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('needs no secrets', () => {
    expect(scrubber(['', 'ab'])('an absent text')).toBe('an absent text');
  });
});
