import { afterEach, describe, expect, it, vi } from 'vitest';
import { emailHasher } from './email-hash.ts';

/** The example in Gravatar's documentation. */
const email = ' MyEmailAddress@example.com ';
const hash = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee';
const emailVerifiedAt = new Date(0);

afterEach(() => {
  vi.restoreAllMocks();
});

describe('emailHasher', () => {
  it('returns the SHA-256 of the address, trimmed and in lower case', async () => {
    expect(await emailHasher('all')({ email, emailVerifiedAt })).toBe(hash);
    expect(await emailHasher('confirmed')({ email, emailVerifiedAt })).toBe(hash);
  });

  it('returns null unless the rule allows a hash', async () => {
    expect(await emailHasher('none')({ email, emailVerifiedAt })).toBeNull();
    expect(await emailHasher('confirmed')({ email, emailVerifiedAt: null })).toBeNull();
    expect(await emailHasher('all')({ email, emailVerifiedAt: null })).toBe(hash);
  });

  it.each([null, 'ada@demo.invalid', 'ada@TEST', 'ada@a.example', 'ada@localhost'])(
    'returns null for %s',
    async (address) => expect(await emailHasher('all')({ email: address, emailVerifiedAt })).toBeNull(),
  );

  it('applies the rule to an address whose hash it keeps', async () => {
    const hashOf = emailHasher('confirmed');
    expect(await hashOf({ email, emailVerifiedAt })).toBe(hash);
    expect(await hashOf({ email, emailVerifiedAt: null })).toBeNull();
  });

  it('computes the hash of an address once', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest');
    const hashOf = emailHasher('all');
    for (const same of [email, email.toUpperCase(), email]) {
      expect(await hashOf({ email: same, emailVerifiedAt })).toBe(hash);
    }
    expect(digest).toHaveBeenCalledTimes(1);
  });

  it('keeps no more hashes than its limit, and drops the oldest', async () => {
    const digest = vi.spyOn(crypto.subtle, 'digest');
    const hashOf = emailHasher('all', { keep: 2 });
    const addresses = ['a@example.org', 'b@example.org', 'c@example.org'];
    for (const address of addresses) await hashOf({ email: address, emailVerifiedAt });
    for (const address of addresses.slice(1)) await hashOf({ email: address, emailVerifiedAt });
    expect(digest).toHaveBeenCalledTimes(3);
    await hashOf({ email: 'a@example.org', emailVerifiedAt });
    expect(digest).toHaveBeenCalledTimes(4);
  });
});
