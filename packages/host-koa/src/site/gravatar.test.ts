import { describe, expect, it } from 'vitest';
import { GRAVATAR_ORIGIN, gravatar } from './gravatar.ts';

/** The example of Gravatar's own documentation. */
const email = ' MyEmailAddress@example.com ';
const hash = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee';
const emailVerifiedAt = new Date(0);

const open = (confirmed: boolean) => gravatar({ origin: GRAVATAR_ORIGIN, confirmed });

describe('gravatar', () => {
  it('hashes the address, trimmed and in small letters, by SHA-256', () => {
    expect(open(true).pictureOf({ email, emailVerifiedAt }, 96)).toBe(
      `https://gravatar.com/avatar/${hash}?s=96&d=blank`,
    );
  });

  it('lets whoever shows one picture alone ask for a drawn one', () => {
    expect(open(true).pictureOf({ email, emailVerifiedAt }, 192, 'identicon')).toMatch(
      /\?s=192&d=identicon$/,
    );
  });

  it('asks nothing about an address that nobody confirmed, where addresses are confirmed', () => {
    expect(open(true).pictureOf({ email, emailVerifiedAt: null }, 96)).toBeNull();
    expect(open(false).pictureOf({ email, emailVerifiedAt: null }, 96)).toContain(hash);
  });

  it.each([null, 'ada@demo.invalid', 'ada@TEST', 'ada@a.example', 'ada@localhost'])(
    'asks nothing about %s',
    (nobody) => expect(open(false).pictureOf({ email: nobody, emailVerifiedAt }, 96)).toBeNull(),
  );

  it.each(['https://gravatar.com/', 'gravatar.com', "https://gravatar.com; script-src 'unsafe-inline'"])(
    'refuses %s, which would become part of the Content-Security-Policy',
    (origin) => expect(() => gravatar({ origin, confirmed: true })).toThrow(/gravatar takes/),
  );
});
