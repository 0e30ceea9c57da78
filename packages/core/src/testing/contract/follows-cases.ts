import assert from 'node:assert/strict';
import type { FollowMailClaim } from '../../follows/follow-mail-claim.ts';
import type { UserId } from '../../kernel/ids.ts';
import type { Repositories, Storage } from '../../ports/storage.ts';
import { type Builders, builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';
import { outcomeOf, type RepositorySamples } from './repository-samples.ts';

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

const at = new Date('2026-01-02T12:00:00.123Z');
const claimOf = (followerId: UserId, followedId: UserId, changes: Partial<FollowMailClaim> = {}) => ({
  ...{ followerId, followedId, by: 'one', at, quietSince: new Date(at.getTime() - 1000) },
  ...changes,
});

const mailCases = casesOf('mails about follows', {
  'can be claimed by one job, which may claim again, until the quiet time ends': async (storage) => {
    const { ada, ben } = await pair(storage);
    const { claimMail } = storage.follows;
    assert.equal(await claimMail(claimOf(ada, ben)), true);
    assert.equal(await claimMail(claimOf(ada, ben, { by: 'other' })), false);
    assert.equal(await claimMail(claimOf(ben, ada, { by: 'other' })), true);
    const later = new Date(at.getTime() + 500);
    assert.equal(await claimMail(claimOf(ada, ben, { at: later })), true);
    // The later time counts.
    assert.equal(await claimMail(claimOf(ada, ben, { by: 'other', quietSince: at })), false);
    assert.equal(await claimMail(claimOf(ada, ben, { by: 'other', at: later, quietSince: later })), true);
    assert.equal(await claimMail(claimOf(ada, ben, { at: later })), false);
  },
  'go to only one of several concurrent claims': async (storage) => {
    const { ada, ben } = await pair(storage);
    const claims = Array.from({ length: 5 }, (_, n) =>
      storage.follows.claimMail(claimOf(ada, ben, { by: `${n}` })),
    );
    const { values } = await settle(claims);
    assert.deepEqual(
      values.filter((may) => may),
      [true],
    );
    assert.equal(values.length, 5);
  },
  'stay claimed after an unfollow, and become free again if the transaction is rolled back': async (
    storage,
  ) => {
    const { ada, ben, build } = await pair(storage);
    await storage.follows.insert(build.follow(ada, ben));
    const attempt = storage.transaction(async ({ follows }) => {
      await follows.claimMail(claimOf(ada, ben));
      throw new Error('on purpose');
    });
    await assert.rejects(attempt, /on purpose/);
    assert.equal(await storage.follows.claimMail(claimOf(ada, ben, { by: 'other' })), true);
    await storage.follows.delete(ada, ben);
    await storage.follows.insert(build.follow(ada, ben));
    assert.equal(await storage.follows.claimMail(claimOf(ada, ben)), false);
  },
  'are forgotten after some time, and with their users': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    const eve = await storage.users.insert(build.user());
    await storage.follows.claimMail(claimOf(ada, ben));
    await storage.follows.claimMail(claimOf(ben, ada, { at: new Date(at.getTime() - 1) }));
    await storage.follows.claimMail(claimOf(eve.id, ben, { at: new Date(at.getTime() - 1) }));
    assert.equal(await storage.users.delete(eve.id), true);
    assert.equal(await storage.follows.forgetMails(at), 1);
    assert.equal(await storage.follows.claimMail(claimOf(ben, ada, { by: 'other' })), true);
    assert.equal(await storage.follows.claimMail(claimOf(ada, ben, { by: 'other' })), false);
  },
  'need both users': async (storage) => {
    const { ada } = await pair(storage);
    await rejectsWith(storage.follows.claimMail(claimOf(ada, absent)), 'user_not_found');
    await rejectsWith(storage.follows.claimMail(claimOf(absent, ada)), 'user_not_found');
  },
});

const relationCases = casesOf('follows', {
  'only the first follow and the first unfollow change something': async (storage) => {
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
  'an existing follow keeps its id and its time': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    const follow = build.follow(ada, ben);
    await storage.follows.insert(follow);
    await storage.follows.insert(build.follow(ada, ben));
    assert.deepEqual((await storage.follows.listFollowers(ben, { limit: 10 })).items, [follow]);
    assert.deepEqual((await storage.follows.listFollowing(ada, { limit: 10 })).items, [follow]);
  },
  'both users must exist and differ': async (storage) => {
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
  'relationships are returned for every id of the request': async (storage) => {
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
  'of many equal concurrent follows, one counts': async (storage) => {
    const { ada, ben, build } = await pair(storage);
    const rows = Array.from({ length: 8 }, () => build.follow(ada, ben));
    const { values, reasons } = await settle(rows.map((row) => storage.follows.insert(row)));
    assert.deepEqual(reasons, []);
    assert.equal(values.filter(Boolean).length, 1);
    assert.deepEqual(await counts(storage, ben), { followers: 1, following: 0 });
  },
  'users who follow each other concurrently do not deadlock': async (storage) => {
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

export const followCases = [...relationCases, ...mailCases];

const mailedAt = new Date('2026-03-01T12:00:00.000Z');
const claimBy = (by: string, followerId: UserId, followedId: UserId): FollowMailClaim => ({
  followerId,
  followedId,
  by,
  at: mailedAt,
  quietSince: new Date('2026-02-01T12:00:00.000Z'),
});
/** Only another job can see a claim: it can't claim the same mail. */
const mayClaim = (repositories: Repositories, followerId: UserId, followedId: UserId) =>
  outcomeOf(repositories, ({ follows }) => follows.claimMail(claimBy('another job', followerId, followedId)));

export const followSamples: RepositorySamples<'follows'> = {
  plant: async ({ follows }, { ada, ben, build }) => {
    await follows.insert(build.follow(ben, ada));
    await follows.claimMail(claimBy('a job', ben, ada));
  },
  calls: {
    relationships: { read: ({ follows }, { ada, ben }) => follows.relationships(ada, [ben]) },
    listFollowers: { read: ({ follows }, { ada }) => follows.listFollowers(ada, { limit: 10 }) },
    listFollowing: { read: ({ follows }, { ben }) => follows.listFollowing(ben, { limit: 10 }) },
    insert: {
      write: ({ follows }, { ada, ben, build }) => follows.insert(build.follow(ada, ben)),
      seen: ({ follows }, { ada, ben }) => follows.relationships(ada, [ben]),
    },
    delete: {
      write: ({ follows }, { ada, ben }) => follows.delete(ben, ada),
      seen: ({ follows }, { ada, ben }) => follows.relationships(ada, [ben]),
    },
    claimMail: {
      write: ({ follows }, { ada, ben }) => follows.claimMail(claimBy('a job', ada, ben)),
      seen: (repositories, { ada, ben }) => mayClaim(repositories, ada, ben),
    },
    forgetMails: {
      write: ({ follows }) => follows.forgetMails(new Date(mailedAt.getTime() + 1)),
      seen: (repositories, { ada, ben }) => mayClaim(repositories, ben, ada),
    },
  },
};
