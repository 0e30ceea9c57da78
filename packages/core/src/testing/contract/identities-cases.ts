import assert from 'node:assert/strict';
import { HOST_ISSUER } from '../../identities/identity.ts';
import type { UserId } from '../../kernel/ids.ts';
import { builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';
import type { RepositorySamples } from './repository-samples.ts';

const absent = '4611686018427387904' as UserId;

export const identityCases = casesOf('identities', {
  'an identity is found by issuer and subject, with the current user': async (storage) => {
    const build = builders();
    const user = await storage.users.insert(build.user());
    await storage.posts.insert(build.post(user.id));
    const identity = build.identity(user.id, {
      issuer: 'https://id.example.org',
      subject: '7',
      nickname: 'Ada',
      email: 'ada@example.org',
      avatarUrl: 'https://example.org/ada.png',
      locale: 'es',
    });
    await storage.identities.insert([identity]);
    const found = await storage.identities.find('https://id.example.org', '7');
    assert.deepEqual(found, { identity, user: { ...user, postCount: 1 } });
    assert.equal(await storage.identities.find('https://id.example.org/', '7'), null);
    assert.equal(await storage.identities.find('https://id.example.org', '07'), null);
  },
  'a subject is compared exactly, including case, spaces and other scripts': async (storage) => {
    const build = builders();
    const subjects = ['a', 'A', ' a', 'é', 'e\u0301', '%', '漢字', "'", '\\', '"{}"'];
    for (const subject of subjects) {
      const user = await storage.users.insert(build.user());
      await storage.identities.insert([build.identity(user.id, { issuer: 'x', subject })]);
    }
    for (const subject of subjects) {
      assert.equal((await storage.identities.find('x', subject))?.identity.subject, subject);
    }
    const found = await storage.identities.findMany('x', [...subjects, 'nobody', 'a']);
    assert.deepEqual(found.map(({ identity }) => identity.subject).sort(), [...subjects].sort());
    assert.deepEqual(await storage.identities.findMany('x', []), []);
  },
  'the same subject of two issuers is two identities': async (storage) => {
    const build = builders();
    const [ada, ben] = [await storage.users.insert(build.user()), await storage.users.insert(build.user())];
    await storage.identities.insert([build.identity(ada.id, { issuer: 'x', subject: '1' })]);
    const second = build.identity(ben.id, { issuer: 'x', subject: '1' });
    await rejectsWith(storage.identities.insert([second]), 'identity_taken');
    await storage.identities.insert([{ ...second, issuer: 'y' }]);
    assert.equal((await storage.identities.find('x', '1'))?.user.id, ada.id);
    assert.equal((await storage.identities.find('y', '1'))?.user.id, ben.id);
  },
  'several identities are all stored, or none': async (storage) => {
    const build = builders();
    const user = await storage.users.insert(build.user());
    const [one, two] = [build.identity(user.id), build.identity(user.id)];
    const again = build.identity(user.id, { subject: one.subject });
    await rejectsWith(storage.identities.insert([one, two, again]), 'identity_taken');
    await rejectsWith(storage.identities.insert([one, build.identity(absent)]), 'user_not_found');
    assert.deepEqual(await storage.identities.listByUser(user.id), []);
    await storage.identities.insert([one, two]);
    await storage.identities.insert([]);
    assert.deepEqual(await storage.identities.listByUser(user.id), [two, one]);
    await rejectsWith(storage.identities.insert([build.identity(user.id, { id: one.id })]), 'id_clash');
  },
  'of many concurrent inserts of one identity, one succeeds': async (storage) => {
    const build = builders();
    const user = await storage.users.insert(build.user());
    const wanted = Array.from({ length: 8 }, () => build.identity(user.id, { subject: 'same' }));
    const { values, reasons } = await settle(wanted.map((one) => storage.identities.insert([one])));
    assert.equal(values.length, 1);
    for (const reason of reasons) await rejectsWith(Promise.reject(reason), 'identity_taken');
  },
  'an update changes only the fields that it names': async ({ users, identities }) => {
    const build = builders();
    const user = await users.insert(build.user());
    const identity = build.identity(user.id, { email: 'a@example.org' });
    const { issuer, subject } = identity;
    await identities.insert([identity]);
    const changed = await identities.update(issuer, subject, { nickname: 'ada', email: null });
    assert.deepEqual(changed, { ...identity, nickname: 'ada', email: null });
    assert.deepEqual(await identities.update(issuer, subject, {}), changed);
    assert.deepEqual((await identities.find(issuer, subject))?.identity, changed);
    assert.equal(await identities.update(issuer, 'nobody', { nickname: 'x' }), null);
    assert.equal(await identities.update(issuer, 'nobody', {}), null);
  },
  'deleting an identity keeps its user': async ({ users, identities }) => {
    const build = builders();
    const user = await users.insert(build.user());
    const { issuer, subject, ...rest } = build.identity(user.id);
    await identities.insert([{ issuer, subject, ...rest }]);
    assert.equal(await identities.delete(issuer, subject), true);
    assert.equal(await identities.delete(issuer, subject), false);
    assert.notEqual(await users.find(user.id), null);
  },
  'deleting a user deletes the identities': async ({ users, identities }) => {
    const build = builders();
    const user = await users.insert(build.user());
    const identity = build.identity(user.id);
    await identities.insert([identity]);
    assert.equal(await users.delete(user.id), true);
    assert.equal(await identities.find(identity.issuer, identity.subject), null);
    assert.deepEqual(await identities.listByUser(user.id), []);
  },
});

export const identitySamples: RepositorySamples<'identities'> = {
  plant: ({ identities }, { ben, build }) => identities.insert([build.identity(ben, { subject: 'ben' })]),
  calls: {
    find: { read: ({ identities }) => identities.find(HOST_ISSUER, 'ben') },
    findMany: { read: ({ identities }) => identities.findMany(HOST_ISSUER, ['ben', 'eve']) },
    listByUser: { read: ({ identities }, { ben }) => identities.listByUser(ben) },
    insert: {
      write: ({ identities }, { ada, build }) =>
        identities.insert([
          build.identity(ada, { subject: 'ada' }),
          build.identity(ada, { subject: 'also ada' }),
        ]),
      seen: ({ identities }, { ada }) => identities.listByUser(ada),
    },
    update: {
      write: ({ identities }) => identities.update(HOST_ISSUER, 'ben', { nickname: 'changed' }),
      seen: ({ identities }) => identities.find(HOST_ISSUER, 'ben'),
    },
    delete: {
      write: ({ identities }) => identities.delete(HOST_ISSUER, 'ben'),
      seen: ({ identities }) => identities.find(HOST_ISSUER, 'ben'),
    },
  },
};
