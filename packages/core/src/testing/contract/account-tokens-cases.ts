import assert from 'node:assert/strict';
import type { AccountToken } from '../../accounts/account-token.ts';
import type { UserId } from '../../kernel/ids.ts';
import { builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';
import type { RepositorySamples } from './repository-samples.ts';

const absent = '4611686018427387904' as UserId;
const expiresAt = new Date('2026-01-01T13:00:00.123Z');

const tokenOf = (userId: UserId, changes: Partial<AccountToken> = {}): AccountToken => ({
  hash: 'hash',
  userId,
  purpose: 'reset_password',
  email: 'ada@example.org',
  expiresAt,
  ...changes,
});

export const accountTokenCases = casesOf('account tokens', {
  'are found by hash and purpose, expired or not': async ({ users, accountTokens }) => {
    const { id } = await users.insert(builders().user());
    const token = tokenOf(id, { expiresAt: new Date('2001-01-01T00:00:00.000Z') });
    await accountTokens.insert(token);
    assert.deepEqual(await accountTokens.find('hash', 'reset_password'), token);
    assert.equal(await accountTokens.find('hash', 'confirm_email'), null);
    assert.equal(await accountTokens.find('other', 'reset_password'), null);
  },
  'can be taken only once': async ({ users, accountTokens }) => {
    const { id } = await users.insert(builders().user());
    await accountTokens.insert(tokenOf(id));
    assert.equal(await accountTokens.take('hash', 'confirm_email'), null);
    assert.deepEqual(await accountTokens.take('hash', 'reset_password'), tokenOf(id));
    assert.equal(await accountTokens.take('hash', 'reset_password'), null);
    assert.equal(await accountTokens.find('hash', 'reset_password'), null);
  },
  'go to only one of several concurrent callers': async ({ users, accountTokens }) => {
    const { id } = await users.insert(builders().user());
    await accountTokens.insert(tokenOf(id));
    const takers = Array.from({ length: 5 }, () => accountTokens.take('hash', 'reset_password'));
    const { values } = await settle(takers);
    assert.equal(values.filter((token) => token !== null).length, 1);
    assert.equal(values.length, 5);
  },
  'exist again if the transaction that took them is rolled back': async (storage) => {
    const { id } = await storage.users.insert(builders().user());
    await storage.accountTokens.insert(tokenOf(id));
    const attempt = storage.transaction(async ({ accountTokens }) => {
      await accountTokens.take('hash', 'reset_password');
      throw new Error('on purpose');
    });
    await assert.rejects(attempt, /on purpose/);
    assert.notEqual(await storage.accountTokens.find('hash', 'reset_password'), null);
  },
  'of one user and purpose are deleted together': async ({ users, accountTokens }) => {
    const build = builders();
    const [one, other] = [await users.insert(build.user()), await users.insert(build.user())];
    await accountTokens.insert(tokenOf(one.id, { hash: 'a' }));
    await accountTokens.insert(tokenOf(one.id, { hash: 'b' }));
    await accountTokens.insert(tokenOf(one.id, { hash: 'c', purpose: 'confirm_email' }));
    await accountTokens.insert(tokenOf(other.id, { hash: 'd' }));
    await accountTokens.deleteByUser(one.id, 'reset_password');
    const left = ['a', 'b', 'd'].map((hash) => accountTokens.find(hash, 'reset_password'));
    assert.deepEqual(
      (await Promise.all(left)).map((token) => token?.userId),
      [undefined, undefined, other.id],
    );
    assert.notEqual(await accountTokens.find('c', 'confirm_email'), null);
  },
  'of one user and purpose are listed, latest expiry first': async ({ users, accountTokens }) => {
    const build = builders();
    const [one, other] = [await users.insert(build.user()), await users.insert(build.user())];
    const later = new Date(expiresAt.getTime() + 1);
    await accountTokens.insert(tokenOf(one.id, { hash: 'a' }));
    await accountTokens.insert(tokenOf(one.id, { hash: 'b', expiresAt: later }));
    await accountTokens.insert(tokenOf(one.id, { hash: 'c', purpose: 'confirm_email' }));
    await accountTokens.insert(tokenOf(other.id, { hash: 'd' }));
    assert.deepEqual(await accountTokens.listByUser(one.id, 'reset_password'), [
      tokenOf(one.id, { hash: 'b', expiresAt: later }),
      tokenOf(one.id, { hash: 'a' }),
    ]);
    assert.deepEqual(await accountTokens.listByUser(absent, 'reset_password'), []);
  },
  'that have expired can be removed': async ({ users, accountTokens }) => {
    const { id } = await users.insert(builders().user());
    await accountTokens.insert(tokenOf(id, { hash: 'old', expiresAt: new Date(expiresAt.getTime() - 1) }));
    await accountTokens.insert(tokenOf(id, { hash: 'new' }));
    assert.equal(await accountTokens.deleteExpired(expiresAt), 1);
    assert.equal(await accountTokens.find('old', 'reset_password'), null);
    assert.notEqual(await accountTokens.find('new', 'reset_password'), null);
  },
  'need an existing user': async ({ accountTokens }) => {
    await rejectsWith(accountTokens.insert(tokenOf(absent)), 'user_not_found');
  },
});

const sampleToken = (userId: UserId, hash: string): AccountToken => ({
  hash,
  userId,
  purpose: 'reset_password',
  email: 'ada@example.org',
  expiresAt: new Date('2026-01-01T00:00:00.000Z'),
});

export const accountTokenSamples: RepositorySamples<'accountTokens'> = {
  plant: async ({ accountTokens }, { ada, ben }) => {
    await accountTokens.insert(sampleToken(ada, 'a'));
    await accountTokens.insert(sampleToken(ada, 'b'));
    await accountTokens.insert(sampleToken(ben, 'c'));
  },
  calls: {
    find: { read: ({ accountTokens }) => accountTokens.find('a', 'reset_password') },
    listByUser: { read: ({ accountTokens }, { ada }) => accountTokens.listByUser(ada, 'reset_password') },
    insert: {
      write: ({ accountTokens }, { ben }) => accountTokens.insert(sampleToken(ben, 'd')),
      seen: ({ accountTokens }) => accountTokens.find('d', 'reset_password'),
    },
    take: {
      write: ({ accountTokens }) => accountTokens.take('a', 'reset_password'),
      seen: ({ accountTokens }) => accountTokens.find('a', 'reset_password'),
    },
    deleteByUser: {
      write: ({ accountTokens }, { ada }) => accountTokens.deleteByUser(ada, 'reset_password'),
      seen: ({ accountTokens }, { ada }) => accountTokens.listByUser(ada, 'reset_password'),
    },
    deleteExpired: {
      write: ({ accountTokens }) => accountTokens.deleteExpired(new Date('2026-01-02T00:00:00.000Z')),
      seen: ({ accountTokens }, { ben }) => accountTokens.listByUser(ben, 'reset_password'),
    },
  },
};
