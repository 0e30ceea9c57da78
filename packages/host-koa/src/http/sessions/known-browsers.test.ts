import { createMicroblog, memoryStorage } from '@microblog/core';
import { builders, cheapPasswordHasher } from '@microblog/core/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cookiesSetBy, requestContext, testKeys } from '../../../tests/support/request-context.ts';
import { signingKeys } from '../../site/signing-keys.ts';
import { urls } from '../../site/urls.ts';
import { knownBrowsers } from './known-browsers.ts';

const NAME = 'microblog_known';
const DAY = 24 * 60 * 60 * 1000;

/** A browser in which John signed in, and the id under which it is known. */
async function withJohn({ keys = testKeys() } = {}) {
  const storage = memoryStorage();
  const microblog = createMicroblog({ storage, passwordHasher: cheapPasswordHasher() });
  const { users } = storage;
  const john = await users.insert(builders().user({ nickname: 'John', email: 'John@example.org' }));
  const host = { microblog, urls: urls('/blog') };
  const signIn = () => {
    const ctx = requestContext();
    knownBrowsers({ ...host, keys }).remember(ctx, john);
    return cookiesSetBy(ctx).get(NAME)?.value ?? '';
  };
  const value = signIn();
  const find = (login: string, { cookie = value, accepted = keys } = {}) => {
    const ctx = requestContext({ cookies: { [NAME]: cookie } });
    return knownBrowsers({ ...host, keys: accepted }).find(ctx, { login });
  };
  return { users, john, signIn, find };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a known browser', () => {
  it.each(['John', ' john ', 'JOHN@EXAMPLE.ORG'])('is known for %j', async (login) => {
    const { find } = await withJohn();
    expect(await find(login)).toMatch(/^[\w-]{16}$/);
  });

  it.each(['mary', 'john@example.com', ''])('is unknown for %j', async (login) => {
    const { find } = await withJohn();
    expect(await find(login)).toBeNull();
  });

  it('has one id until the next sign-in, which makes another', async () => {
    const { find, signIn } = await withJohn();
    const before = await find('john');
    expect(await find('john')).toBe(before);
    expect(await find('john', { cookie: signIn() })).not.toBe(before);
  });

  it('is known by the current nickname and address', async () => {
    const { users, john, find } = await withJohn();
    await users.update(john.id, { nickname: 'johnny', email: 'johnny@example.org' });
    expect([await find('john'), await find('john@example.org')]).toEqual([null, null]);
    expect([await find('johnny'), await find('johnny@example.org')]).not.toContain(null);
  });

  it('is unknown after a year, even if the browser keeps the cookie', async () => {
    const { find } = await withJohn();
    vi.setSystemTime(Date.now() + 365 * DAY - 1000);
    expect(await find('john')).not.toBeNull();
    vi.setSystemTime(Date.now() + 2000);
    expect(await find('john')).toBeNull();
  });

  it('is known under an older key, and unknown under foreign keys', async () => {
    const secrets = ['the key of last year', 'the key of this year'] as const;
    const { find } = await withJohn({ keys: testKeys(secrets[0]) });
    expect(await find('john', { accepted: testKeys(secrets[1], secrets[0]) })).not.toBeNull();
    expect(await find('john', { accepted: testKeys(secrets[1]) })).toBeNull();
    expect(await find('john', { accepted: signingKeys([secrets[0]], '/team') })).toBeNull();
  });
});
