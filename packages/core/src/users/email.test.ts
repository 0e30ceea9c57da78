import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInput } from '../kernel/input.ts';
import { rejectedWith } from '../testing/rejected-with.ts';
import { emailSchema, isSameAddress, MAX_EMAIL_LENGTH, normalizeEmail } from './email.ts';

const problemOf = (email: string) =>
  rejectedWith('invalid_input', () => parseInput(emailSchema, email)).details.fields?.[0];

describe('an e-mail address', () => {
  it.each([
    'a@example.org',
    'John.Doe+tag@example.org',
    "o'brien@example.co.uk",
    'a&b@example.org',
    'user/dept@example.org',
    'a=b@example.org',
    'ada~1@example.org',
    'SRS0=abc=x@example.org',
    '_@example.org',
    '-@example.org',
    "!#$%&'*+-/=?^_`{|}~@example.org",
    'a@1.example.org',
    'a@xn--bcher-kva.example',
    'a@xn--h1alffa9f.xn--p1ai',
    `${'a'.repeat(64)}@example.org`,
  ])('may be %j, and is stored as typed', (email) => {
    expect(parseInput(emailSchema, email)).toBe(email);
  });

  it.each([
    ['John.Doe@Example.ORG', 'John.Doe@example.org'],
    ['ada@россия.рф', 'ada@xn--h1alffa9f.xn--p1ai'],
    ['ada@РОССИЯ.РФ', 'ada@xn--h1alffa9f.xn--p1ai'],
    ['ada@XN--H1ALFFA9F.XN--P1AI', 'ada@xn--h1alffa9f.xn--p1ai'],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
    ['ada@例え.jp', 'ada@xn--r8jz45g.jp'],
    ['ada@例え。jp', 'ada@xn--r8jz45g.jp'],
    ['ada@ｅｘａｍｐｌｅ.org', 'ada@example.org'],
    [' a@example.org ', 'a@example.org'],
    ['a@example.org\u00a0', 'a@example.org'],
  ])('has one stored form: %j is %j', (typed, stored) => {
    expect(parseInput(emailSchema, typed)).toBe(stored);
    expect(parseInput(emailSchema, stored)).toBe(stored);
  });

  it.each(['', ' \t'])('is required: %j counts as missing', (email) => {
    expect(problemOf(email)?.problem).toBe('required');
  });

  it.each([
    'a',
    'a@',
    '@example.org',
    'a b@example.org',
    'a@example',
    'a@@example.org',
    'a@b@example.org',
    'a@example.org\nBcc: b@example.org',
    'a\0@example.org',
    '<a@example.org>',
    '\ud800@example.org',
    '.a@example.org',
    'a.@example.org',
    'a..b@example.org',
    '"a b"@example.org',
    'a,b@example.org',
    'a:b@example.org',
    'a;b@example.org',
    'a(b)@example.org',
    'ада@россия.рф',
    'a@-example.org',
    'a@example-.org',
    'a@example..org',
    'a@.example.org',
    'a@example.org.',
    'a@exa_mple.org',
    'a@example.org/x',
    'a@example.org:25',
    'a@example.org?x',
    'a@192.0.2.1',
    'a@[192.0.2.1]',
    'a@example.123',
    'a@exam\u00adple.org',
    'a@exam\u200bple.org',
    'a@пример.\u202eрф',
    `${'a'.repeat(65)}@example.org`,
    `a@${'b'.repeat(64)}.org`,
  ])('has the form of one, unlike %j', (email) => expect(problemOf(email)?.problem).toBe('email_malformed'));

  it('has 254 characters at most', () => {
    expect(problemOf(`${'a'.repeat(60)}@${'b'.repeat(200)}.org`)).toMatchObject({
      problem: 'too_long',
      params: { max: MAX_EMAIL_LENGTH },
    });
  });

  it('is one ASCII address without white space or controls, whatever was typed', () => {
    const part = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(part, part, (local, domain) => {
        const email = normalizeEmail(`${local}@${domain}.org`);
        if (email === null) return;
        expect(email).toMatch(/^[!-~]+@[a-z0-9.-]+$/);
        expect(email).not.toMatch(/[<>(),:;"\\[\]]/);
        expect(normalizeEmail(email)).toBe(email);
      }),
      { seed: 14, numRuns: 500 },
    );
  });
});

describe('isSameAddress', () => {
  it.each([
    ['Ada@Example.org', 'ada@example.ORG'],
    ['ada@россия.рф', 'ADA@xn--h1alffa9f.xn--p1ai'],
  ])('is true for %j and %j', (one, other) => expect(isSameAddress(one, other)).toBe(true));

  it.each([
    ['ada@example.org', 'ada@example.com'],
    ['ada@example.org', null],
    [null, null],
  ])('is false for %j and %j', (one, other) => expect(isSameAddress(one, other)).toBe(false));
});
