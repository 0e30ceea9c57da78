import { describe, expect, it } from 'vitest';
import { emailHash } from './email-hash.ts';

/** The example in Gravatar's documentation. */
const email = ' MyEmailAddress@example.com ';
const hash = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee';
const emailVerifiedAt = new Date(0);

describe('emailHash', () => {
  it('is the SHA-256 of the address, trimmed and in lower case', async () => {
    expect(await emailHash({ email, emailVerifiedAt }, 'all')).toBe(hash);
    expect(await emailHash({ email, emailVerifiedAt }, 'confirmed')).toBe(hash);
  });

  it('is null unless the rule allows it', async () => {
    expect(await emailHash({ email, emailVerifiedAt }, 'none')).toBeNull();
    expect(await emailHash({ email, emailVerifiedAt: null }, 'confirmed')).toBeNull();
    expect(await emailHash({ email, emailVerifiedAt: null }, 'all')).toBe(hash);
  });

  it.each([null, 'ada@demo.invalid', 'ada@TEST', 'ada@a.example', 'ada@localhost'])(
    'is null for %s',
    async (address) => expect(await emailHash({ email: address, emailVerifiedAt }, 'all')).toBeNull(),
  );
});
