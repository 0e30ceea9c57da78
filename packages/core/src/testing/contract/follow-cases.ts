import assert from 'node:assert/strict';
import type { UserId } from '../../ids.ts';
import type { Storage } from '../../ports/storage.ts';
import { type Builders, builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';

const absent = '4611686018427387904' as UserId;

async function pair({ users }: Storage): Promise<{ ada: UserId; ben: UserId; build: Builders }> {
  const build = builders();
  const ada = await users.insert(build.user());
  const ben = await users.insert(build.user());
  return { ada: ada.id, ben: ben.id, build };
}

async function counts({ users }: Storage, id: UserId) {
  const user = await users.find(id);
  return { followers: user?.followerCount, following: user?.followingCount };
}

export const followCases = casesOf('follows', {
  'following changes something once, and so does unfollowing': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    assert.equal(await storage.follows.insert(build.follow(ada, ben)), true);
    assert.equal(await storage.follows.insert(build.follow(ada, ben)), false);
    assert.deepEqual(await counts(storage, ada), { followers: 0, following: 1 });
    assert.deepEqual(await counts(storage, ben), { followers: 1, following: 0 });
    assert.equal(await storage.follows.delete(ada, ben), true);
    assert.equal(await storage.follows.delete(ada, ben), false);
    assert.deepEqual(await counts(storage, ada), { followers: 0, following: 0 });
    assert.deepEqual(await counts(storage, ben), { followers: 0, following: 0 });
  },
  'a follow that was there keeps its id and its time': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    const follow = build.follow(ada, ben);
    await storage.follows.insert(follow);
    await storage.follows.insert(build.follow(ada, ben));
    assert.deepEqual((await storage.follows.listFollowers(ben, { limit: 10 })).items, [follow]);
    assert.deepEqual((await storage.follows.listFollowing(ada, { limit: 10 })).items, [follow]);
  },
  'both must be there, and be two': async (storage) => {
    const { ada, build } = await pair(storage);
    await rejectsWith(storage.follows.insert(build.follow(ada, absent)), 'user_not_found');
    await rejectsWith(storage.follows.insert(build.follow(absent, ada)), 'user_not_found');
    await rejectsWith(storage.follows.insert(build.follow(ada, ada)), 'self_follow');
    assert.equal(await storage.follows.delete(ada, absent), false);
    assert.deepEqual(await counts(storage, ada), { followers: 0, following: 0 });
  },
  'an id in use clashes': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    const follow = build.follow(ada, ben);
    await storage.follows.insert(follow);
    await rejectsWith(storage.follows.insert(build.follow(ben, ada, { id: follow.id })), 'id_clash');
  },
  'relationships are told for everyone asked about': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    const cleo = (await storage.users.insert(build.user())).id;
    const dora = (await storage.users.insert(build.user())).id;
    await storage.follows.insert(build.follow(ada, ben));
    await storage.follows.insert(build.follow(cleo, ada));
    await storage.follows.insert(build.follow(ben, ada));
    const relationships = await storage.follows.relationships(ada, [ben, cleo, dora, absent]);
    assert.deepEqual(
      relationships,
      new Map([
        [ben, { following: true, followedBy: true }],
        [cleo, { following: false, followedBy: true }],
        [dora, { following: false, followedBy: false }],
        [absent, { following: false, followedBy: false }],
      ]),
    );
    assert.deepEqual(await storage.follows.relationships(ada, []), new Map());
  },
  'of many equal follows at once, one counts': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    const rows = Array.from({ length: 8 }, () => build.follow(ada, ben));
    const { values, reasons } = await settle(rows.map((row) => storage.follows.insert(row)));
    assert.deepEqual(reasons, []);
    assert.equal(values.filter(Boolean).length, 1);
    assert.deepEqual(await counts(storage, ben), { followers: 1, following: 0 });
  },
  'people who follow each other at once do not wait for each other': async (storage) => {
    const build = builders();
    const people: UserId[] = [];
    for (let n = 0; n < 6; n++) people.push((await storage.users.insert(build.user())).id);
    const rows = people.flatMap((one) =>
      people.filter((other) => other !== one).map((other) => build.follow(one, other)),
    );
    await Promise.all(rows.map((row) => storage.follows.insert(row)));
    for (const id of people) assert.deepEqual(await counts(storage, id), { followers: 5, following: 5 });
  },
});
