import assert from 'node:assert/strict';
import type { UserId } from '../../kernel/ids.ts';
import { builders } from '../builders.ts';
import { casesOf, rejectsWith } from './contract-case.ts';
import type { RepositorySamples } from './repository-samples.ts';

const absent = '4611686018427387904' as UserId;

export const credentialCases = casesOf('credentials', {
  'a new user has no password': async (storage) => {
    const user = await storage.users.insert(builders().user());
    assert.equal(await storage.credentials.find(user.id), null);
    assert.equal(await storage.credentials.find(absent), null);
  },
  'a later password replaces the earlier one': async (storage) => {
    const { id: userId } = await storage.users.insert(builders().user());
    const changedAt = new Date('2026-01-02T03:04:05.006Z');
    await storage.credentials.save({ userId, passwordHash: 'first', changedAt });
    assert.deepEqual(await storage.credentials.find(userId), { userId, passwordHash: 'first', changedAt });
    const later = new Date('2026-01-02T03:04:06.007Z');
    await storage.credentials.save({ userId, passwordHash: 'second', changedAt: later });
    assert.deepEqual(await storage.credentials.find(userId), {
      userId,
      passwordHash: 'second',
      changedAt: later,
    });
  },
  'a password needs an existing user': async ({ credentials }) => {
    const credential = { userId: absent, passwordHash: 'x', changedAt: new Date() };
    await rejectsWith(credentials.save(credential), 'user_not_found');
  },
});

export const credentialSamples: RepositorySamples<'credentials'> = {
  plant: ({ credentials }, { ben }) =>
    credentials.save({ userId: ben, passwordHash: 'x', changedAt: new Date('2026-01-02T03:04:05.006Z') }),
  calls: {
    find: { read: ({ credentials }, { ben }) => credentials.find(ben) },
    save: {
      write: ({ credentials }, { ada }) =>
        credentials.save({ userId: ada, passwordHash: 'y', changedAt: new Date('2026-01-02T03:04:05.006Z') }),
      seen: ({ credentials }, { ada }) => credentials.find(ada),
    },
  },
};
