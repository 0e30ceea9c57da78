import { createMicroblog, type MemberAccount, memoryStorage, operator } from '@microblog/core';
import { builders, cheapPasswordHasher } from '@microblog/core/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cookiesSetBy, requestContext, testKeys } from '../../../tests/support/request-context.ts';
import { urls } from '../../site/urls.ts';
import { knownBrowsers } from './known-browsers.ts';
import { sessions } from './sessions.ts';

const NAME = 'microblog_session';
const SIGNATURE = `${NAME}.sig`;
const DAY = 24 * 60 * 60 * 1000;

async function signedIn({ remember = false, keys = testKeys() } = {}) {
  const storage = memoryStorage();
  const microblog = createMicroblog({ storage, passwordHasher: cheapPasswordHasher() });
  await storage.users.insert(builders().user({ nickname: 'john' }));
  const john = await microblog.accounts.show(operator, 'john');
  const host = { microblog, urls: urls('/blog') };
  const sessionsWith = (signing: typeof keys) => {
    const signed = { ...host, keys: signing };
    return sessions({ ...signed, knownBrowsers: knownBrowsers(signed) });
  };
  const ctx = requestContext({ keys });
  sessionsWith(keys).begin(ctx, john, { remember });
  const set = cookiesSetBy(ctx);
  const cookies = { [NAME]: set.get(NAME)?.value ?? '', [SIGNATURE]: set.get(SIGNATURE)?.value ?? '' };
  const resume = async (sent: Record<string, string> = cookies, acceptedKeys = keys) => {
    const next = requestContext({ cookies: sent, keys: acceptedKeys });
    const user = await sessionsWith(acceptedKeys).resume(next);
    return { user, set: cookiesSetBy(next) };
  };
  const renewed = (user: MemberAccount, sent: Record<string, string>) => {
    const next = requestContext({ cookies: sent, keys });
    sessionsWith(keys).renew(next, user);
    return cookiesSetBy(next);
  };
  return { storage, john, set, cookies, resume, renewed, ctx };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('sessions.begin', () => {
  it('sets a cookie for this application that scripts and other sites can’t read', async () => {
    const { set } = await signedIn();
    const attributes = { path: '/blog', samesite: 'lax', httponly: '' };
    expect([set.get(NAME)?.attributes, set.get(SIGNATURE)?.attributes]).toEqual([attributes, attributes]);
  });

  it('keeps a remembered session for 30 days, signature included', async () => {
    const { set } = await signedIn({ remember: true });
    const expires = new Date(Date.now() + 30 * DAY).toUTCString();
    expect([set.get(NAME)?.attributes.expires, set.get(SIGNATURE)?.attributes.expires]).toEqual([
      expires,
      expires,
    ]);
  });

  it('sets the viewer for the rest of the request', async () => {
    const { ctx, john } = await signedIn();
    expect(ctx.state.viewer).toEqual(john);
  });
});

describe('sessions.resume', () => {
  it('finds the member, and sets nothing', async () => {
    const { john, resume } = await signedIn();
    const { user, set } = await resume();
    expect(user?.id).toBe(john.id);
    expect(set.size).toBe(0);
  });

  it('returns null without a cookie, and sets nothing', async () => {
    const { resume } = await signedIn();
    const { user, set } = await resume({});
    expect(user).toBeNull();
    expect(set.size).toBe(0);
  });

  it.each([
    ['the user', (value: string) => value.replace(/^\d+/, '8')],
    ['the epoch', (value: string) => value.replace(/\.0\./, '.1.')],
    ['the expiry', (value: string) => value.replace(/\d+$/, '9999999999')],
    ['its form', () => 'nonsense'],
    ['everything', () => ''],
  ])('refuses a cookie with %s tampered with, and takes it away', async (_part, tamper) => {
    const { cookies, resume } = await signedIn();
    const { user, set } = await resume({ ...cookies, [NAME]: tamper(cookies[NAME] ?? '') });
    expect(user).toBeNull();
    for (const name of [NAME, SIGNATURE]) {
      expect(set.get(name)?.attributes).toMatchObject({
        path: '/blog',
        expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
      });
    }
  });

  it.each([
    ['altered', 'A'.repeat(43)],
    ['empty', ''],
  ])('refuses a signature that is %s', async (_how, signature) => {
    const { cookies, resume } = await signedIn();
    expect((await resume({ ...cookies, [SIGNATURE]: signature })).user).toBeNull();
  });

  it('refuses a cookie without its signature', async () => {
    const { cookies, resume } = await signedIn();
    expect((await resume({ [NAME]: cookies[NAME] ?? '' })).user).toBeNull();
  });

  it('ends after a day', async () => {
    const { resume } = await signedIn();
    vi.setSystemTime(Date.now() + DAY - 1000);
    expect((await resume()).user).not.toBeNull();
    vi.setSystemTime(Date.now() + 2000);
    expect((await resume()).user).toBeNull();
  });

  it('ends after 30 days if it is remembered', async () => {
    const { resume } = await signedIn({ remember: true });
    vi.setSystemTime(Date.now() + 30 * DAY - 1000);
    expect((await resume()).user).not.toBeNull();
    vi.setSystemTime(Date.now() + 2000);
    expect((await resume()).user).toBeNull();
  });

  it('ends when the epoch was raised', async () => {
    const { storage, john, resume } = await signedIn();
    await storage.users.update(john.id, { sessionEpoch: 1 });
    expect((await resume()).user).toBeNull();
  });

  it('ends when the account was suspended', async () => {
    const { storage, john, resume } = await signedIn();
    await storage.users.update(john.id, { suspendedAt: new Date() });
    expect((await resume()).user).toBeNull();
  });
});

describe('sessions.renew', () => {
  it.each([true, false])(
    'goes on for as long as was chosen, in a new epoch: 30 days %s',
    async (remember) => {
      const { storage, john, cookies, resume, renewed } = await signedIn({ remember });
      await storage.users.update(john.id, { sessionEpoch: 1 });
      const user = { ...john, sessionEpoch: 1 };
      expect((await resume(cookies)).user).toBeNull();
      vi.setSystemTime(Date.now() + DAY / 2);
      const set = renewed(user, cookies);
      const expires = new Date(Date.now() + 30 * DAY).toUTCString();
      expect(set.get(NAME)?.attributes.expires).toBe(remember ? expires : undefined);
      const own = { [NAME]: set.get(NAME)?.value ?? '', [SIGNATURE]: set.get(SIGNATURE)?.value ?? '' };
      expect((await resume(own)).user?.id).toBe(john.id);
    },
  );

  it.each([
    ['without a cookie', () => ({})],
    [
      'with one that was made to be remembered',
      (cookies: Record<string, string>) => ({ ...cookies, [NAME]: `${cookies[NAME]}.r` }),
    ],
  ])('lasts until the browser is closed %s', async (_, change) => {
    const { john, cookies, renewed } = await signedIn();
    expect(renewed(john, change(cookies)).get(NAME)?.attributes.expires).toBeUndefined();
  });
});

describe('sessions under rotated keys', () => {
  const [older, newer] = ['the key of last year', 'the key of this year'];

  it('continue while the older key is kept, and their cookies are not changed', async () => {
    const { resume, cookies } = await signedIn({ remember: true, keys: testKeys(older) });
    const { user, set } = await resume(cookies, testKeys(newer, older));
    expect(user).not.toBeNull();
    expect(set.size).toBe(0);
  });

  it('end when the older key is removed', async () => {
    const { resume, cookies } = await signedIn({ keys: testKeys(older) });
    expect((await resume(cookies, testKeys(newer))).user).toBeNull();
  });

  it('begin with the newest key', async () => {
    const { resume, cookies } = await signedIn({ keys: testKeys(newer, older) });
    expect((await resume(cookies, testKeys(newer))).user).not.toBeNull();
  });
});
