import assert from 'node:assert/strict';
import { compareIds, type UserId } from '../../kernel/ids.ts';
import { unrestrictedReader } from '../../reading/may-read.ts';
import { builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';
import { postsOf } from './posts-of.ts';

const absent = '4611686018427387904' as UserId;

export const userCases = casesOf('users', {
  'a new user has zero counts, no visit and no suspension': async ({ users }) => {
    const row = builders().user({ nickname: 'Ada', email: 'ada@example.org', locale: 'es', role: 'admin' });
    const inserted = await users.insert(row);
    assert.deepEqual(inserted, {
      ...row,
      emailVerifiedAt: null,
      aboutMe: '',
      avatarUrl: null,
      settings: {},
      lastSeenAt: null,
      suspendedAt: null,
      sessionEpoch: 0,
      followerCount: 0,
      followingCount: 0,
      postCount: 0,
    });
    assert.deepEqual(await users.find(row.id), inserted);
  },
  'absent users are null or left out': async ({ users }) => {
    assert.equal(await users.find(absent), null);
    assert.equal(await users.findByNickname('nobody'), null);
    assert.equal(await users.findRelated(absent, 'nobody'), null);
    assert.equal(await users.findByEmail('nobody@example.org'), null);
    assert.deepEqual(await users.findMany([absent]), []);
    assert.deepEqual(await users.findMany([]), []);
    assert.equal(await users.update(absent, { aboutMe: 'x' }), null);
    assert.equal(await users.update(absent, {}), null);
  },
  'a user locked in a transaction is not changed by others meanwhile': async (storage) => {
    const { id } = await storage.users.insert(builders().user());
    const raise = () =>
      storage.transaction(async ({ users }) => {
        const user = await users.lock(id);
        await users.update(id, { sessionEpoch: (user?.sessionEpoch ?? 0) + 1 });
      });
    await Promise.all(Array.from({ length: 6 }, raise));
    assert.equal((await storage.users.lock(id))?.sessionEpoch, 6);
    assert.equal(await storage.users.lock(absent), null);
  },
  'the largest and the smallest id keep all their digits': async ({ users }) => {
    const build = builders();
    for (const id of ['1', '9007199254740993', '9223372036854775807'] as UserId[]) {
      await users.insert(build.user({ id }));
      assert.equal((await users.find(id))?.id, id);
    }
    const page = await users.list({ limit: 10 });
    assert.deepEqual(
      page.items.map(({ id }) => id),
      ['9223372036854775807', '9007199254740993', '1'],
    );
  },
  'times keep their milliseconds': async ({ users }) => {
    const createdAt = new Date('2026-03-04T05:06:07.089Z');
    const { id } = await users.insert(builders().user({ createdAt }));
    assert.deepEqual((await users.find(id))?.createdAt, createdAt);
  },
  'nicknames and addresses are found in any case, and keep their own case': async ({ users }) => {
    await users.insert(builders().user({ nickname: 'Ada.L_1', email: 'Ada@Example.org' }));
    assert.equal((await users.findByNickname('aDA.l_1'))?.nickname, 'Ada.L_1');
    assert.equal((await users.findByEmail('aDA@eXAMPLE.ORG'))?.email, 'Ada@Example.org');
  },
  'a person is found in any case with the relationship of a viewer': async ({ users, follows }) => {
    const build = builders();
    const ada = await users.insert(build.user({ nickname: 'Ada' }));
    const ben = await users.insert(build.user({ nickname: 'ben' }));
    await follows.insert(build.follow(ada.id, ben.id));
    const seenBy = async (viewer: UserId, nickname: string) => {
      const found = await users.findRelated(viewer, nickname);
      return [found?.person.nickname, found?.relationship];
    };
    assert.deepEqual(await seenBy(ben.id, 'aDA'), ['Ada', { following: false, followedBy: true }]);
    assert.deepEqual(await seenBy(ada.id, 'BEN'), ['ben', { following: true, followedBy: false }]);
    assert.deepEqual(await seenBy(ada.id, 'ada'), ['Ada', { following: false, followedBy: false }]);
    assert.deepEqual(await seenBy(absent, 'ada'), ['Ada', { following: false, followedBy: false }]);
  },
  'an underscore or a percent sign in a look-up is not a wildcard': async ({ users }) => {
    await users.insert(builders().user({ nickname: 'adaXl', email: 'adaxl@example.org' }));
    assert.equal(await users.findByNickname('ada_l'), null);
    assert.equal(await users.findByEmail('%@example.org'), null);
  },
  'a nickname is taken in any case, and the field is named': async ({ users }) => {
    const build = builders();
    await users.insert(build.user({ nickname: 'ada' }));
    const error = await rejectsWith(users.insert(build.user({ nickname: 'ADA' })), 'nickname_taken');
    assert.deepEqual(error.details.fields, [{ field: 'nickname', problem: 'taken', params: {} }]);
  },
  'an address is taken in any case, and the field is named': async ({ users }) => {
    const build = builders();
    await users.insert(build.user({ email: 'ada@example.org' }));
    const error = await rejectsWith(users.insert(build.user({ email: 'ADA@example.org' })), 'email_taken');
    assert.deepEqual(error.details.fields, [{ field: 'email', problem: 'taken', params: {} }]);
  },
  'many users may have no address': async ({ users }) => {
    const build = builders();
    await users.insert(build.user({ email: null }));
    await users.insert(build.user({ email: null }));
    assert.equal((await users.list({ limit: 10 })).items.length, 2);
  },
  'an id in use clashes': async ({ users }) => {
    const build = builders();
    const { id } = await users.insert(build.user());
    await rejectsWith(users.insert(build.user({ id })), 'id_clash');
  },
  'of many concurrent inserts of one nickname, one succeeds': async ({ users }) => {
    const build = builders();
    const rows = Array.from({ length: 10 }, (_, n) => build.user({ nickname: n % 2 ? 'ada' : 'Ada' }));
    const { values, reasons } = await settle(rows.map((row) => users.insert(row)));
    assert.equal(values.length, 1);
    for (const reason of reasons) await rejectsWith(Promise.reject(reason), 'nickname_taken');
    assert.equal((await users.list({ limit: 10 })).items.length, 1);
  },
  'a new user may have a picture': async ({ users }) => {
    const { id } = await users.insert(builders().user({ avatarUrl: 'https://example.org/a.png' }));
    assert.equal((await users.find(id))?.avatarUrl, 'https://example.org/a.png');
  },
  'many users are inserted together, or none': async ({ users }) => {
    const build = builders();
    const rows = Array.from({ length: 3 }, () => build.user());
    await users.insertMany([]);
    await rejectsWith(users.insertMany([...rows, build.user({ nickname: 'MEMBER2' })]), 'nickname_taken');
    assert.deepEqual((await users.list({ limit: 10 })).items, []);
    await users.insertMany(rows);
    assert.deepEqual(
      (await users.list({ limit: 10 })).items.map(({ id }) => id),
      rows.map(({ id }) => id).toReversed(),
    );
    await rejectsWith(users.insertMany([build.user({ email: rows[0]?.email ?? '' })]), 'email_taken');
    await rejectsWith(users.insertMany(rows.slice(0, 1)), 'id_clash');
  },
  'deleting a user deletes all their rows and updates the counts of others': async (storage) => {
    const { users, posts, follows, credentials, accountTokens } = storage;
    const build = builders();
    const [ada, ben, eve] = [build.user(), build.user(), build.user()];
    await users.insertMany([ada, ben, eve]);
    const gone = build.post(ada.id);
    const kept = build.post(ben.id);
    await posts.insert(gone);
    await posts.insert(kept);
    for (const [one, other] of [
      [ada, ben],
      [ben, ada],
      [eve, ada],
      [eve, ben],
    ] as const)
      await follows.insert(build.follow(one.id, other.id));
    await credentials.save({ userId: ada.id, passwordHash: 'x', changedAt: ada.createdAt });
    const token = { hash: 'x', purpose: 'reset_password', email: 'ada@example.org' } as const;
    await accountTokens.insert({ ...token, userId: ada.id, expiresAt: ada.createdAt });
    assert.equal(await users.delete(ada.id), true);
    assert.equal(await users.delete(ada.id), false);
    assert.equal(await users.find(ada.id), null);
    assert.equal(await posts.find(gone.id), null);
    assert.equal(await credentials.find(ada.id), null);
    assert.equal(await accountTokens.find('x', 'reset_password'), null);
    assert.deepEqual(postsOf(await posts.listAll(unrestrictedReader, { limit: 10 })), [kept]);
    const counts = { followerCount: 1, followingCount: 0, postCount: 1 };
    assert.deepEqual(await users.find(ben.id), { ...(await users.find(ben.id)), ...counts });
    assert.deepEqual(
      [(await users.find(eve.id))?.followingCount, (await users.find(eve.id))?.followerCount],
      [1, 0],
    );
    await users.insert(build.user({ nickname: ada.nickname, email: ada.email }));
  },
  'reports whether another administrator exists who is not suspended': async ({ users }) => {
    const build = builders();
    const [ada, ben, eve] = [build.user({ role: 'admin' }), build.user({ role: 'admin' }), build.user()];
    await users.insertMany([ada, ben, eve]);
    assert.equal(await users.hasAdminBeside(ada.id), true);
    await users.update(ben.id, { suspendedAt: new Date() });
    assert.equal(await users.hasAdminBeside(ada.id), false);
    assert.equal(await users.hasAdminBeside(eve.id), true);
  },
  'of two administrators who leave concurrently, one is seen as the last': async (storage) => {
    const build = builders();
    const admins = [build.user({ role: 'admin' }), build.user({ role: 'admin' })];
    await storage.users.insertMany(admins);
    const leave = ({ id }: { readonly id: UserId }) =>
      storage.transaction(async ({ users }) => {
        const mayLeave = await users.hasAdminBeside(id);
        if (mayLeave) await users.delete(id);
        return mayLeave;
      });
    assert.deepEqual((await Promise.all(admins.map(leave))).sort(), [false, true]);
  },
  'several users are found in one call, each once': async ({ users }) => {
    const build = builders();
    const first = await users.insert(build.user());
    const second = await users.insert(build.user());
    const found = await users.findMany([second.id, first.id, absent, second.id]);
    assert.deepEqual(
      found.sort((a, b) => compareIds(a.id, b.id)),
      [first, second],
    );
  },
  'returns the nicknames and addresses in use, in lower case': async ({ users }) => {
    await users.insert(builders().user({ nickname: 'John' }));
    assert.deepEqual(await users.takenNicknames(['JOHN', 'john2']), new Set(['john']));
    assert.deepEqual(await users.takenNicknames([]), new Set());
    assert.deepEqual(
      await users.takenEmails(['MEMBER1@example.org', 'x@example.org']),
      new Set(['member1@example.org']),
    );
    assert.deepEqual(await users.takenEmails([]), new Set());
  },
  'an update changes only the fields that it names': async ({ users }) => {
    const user = await users.insert(builders().user());
    const suspendedAt = new Date('2026-02-03T04:05:06.007Z');
    const changed = await users.update(user.id, { aboutMe: 'about', suspendedAt, sessionEpoch: 3 });
    assert.deepEqual(changed, { ...user, aboutMe: 'about', suspendedAt, sessionEpoch: 3 });
    assert.deepEqual(await users.find(user.id), changed);
    assert.deepEqual(await users.update(user.id, {}), changed);
    assert.equal((await users.update(user.id, { suspendedAt: null }))?.suspendedAt, null);
  },
  'settings that an update does not name stay, including those of other releases': async ({ users }) => {
    const { id } = await users.insert(builders().user());
    await users.update(id, {
      settings: { mailOnFollow: false, ofAnotherRelease: { deep: ['é', null, 1.5] } },
    });
    const changed = await users.update(id, { settings: { mailOnFollow: true }, aboutMe: 'x' });
    const settings = { mailOnFollow: true, ofAnotherRelease: { deep: ['é', null, 1.5] } };
    assert.deepEqual(changed?.settings, settings);
    assert.deepEqual((await users.update(id, { aboutMe: 'y', settings: {} }))?.settings, settings);
    assert.deepEqual((await users.findMany([id]))[0]?.settings, settings);
  },
  'an update to a nickname or address in use fails and changes nothing': async ({ users }) => {
    const build = builders();
    await users.insert(build.user({ nickname: 'ada', email: 'ada@example.org' }));
    const user = await users.insert(build.user());
    await rejectsWith(users.update(user.id, { nickname: 'Ada', aboutMe: 'x' }), 'nickname_taken');
    await rejectsWith(users.update(user.id, { email: 'ADA@example.org' }), 'email_taken');
    assert.deepEqual(await users.find(user.id), user);
  },
  'a user may change the case of their own nickname': async ({ users }) => {
    const user = await users.insert(builders().user({ nickname: 'ada' }));
    assert.equal((await users.update(user.id, { nickname: 'Ada' }))?.nickname, 'Ada');
  },
  'a visit is recorded once a minute and never moved back': async ({ users }) => {
    const user = await users.insert(builders().user());
    const noon = new Date('2026-01-02T12:00:00.000Z');
    const later = (milliseconds: number) => new Date(noon.getTime() + milliseconds);
    assert.equal(await users.markSeen(user.id, noon), true);
    assert.equal(await users.markSeen(user.id, later(59_999)), false);
    assert.equal(await users.markSeen(user.id, later(-3_600_000)), false);
    assert.deepEqual((await users.find(user.id))?.lastSeenAt, noon);
    assert.equal(await users.markSeen(user.id, later(60_000)), true);
    assert.deepEqual((await users.find(user.id))?.lastSeenAt, later(60_000));
    assert.equal(await users.markSeen(absent, noon), false);
  },
  'suggestions are users not followed yet, most followers first': async ({ users, follows }) => {
    const build = builders();
    const rows = Array.from({ length: 6 }, () => build.user());
    for (const row of rows) await users.insert(row);
    const [reader, popular, followed, suspended, quiet, newest] = rows.map(({ id }) => id) as [
      UserId,
      UserId,
      UserId,
      UserId,
      UserId,
      UserId,
    ];
    await users.update(suspended, { suspendedAt: new Date() });
    await follows.insert(build.follow(quiet, popular));
    await follows.insert(build.follow(reader, followed));
    const suggested = await users.listSuggestions(reader, 5);
    assert.deepEqual(
      suggested.map(({ id }) => id),
      [popular, newest, quiet],
    );
    assert.equal((await users.listSuggestions(reader, 1)).length, 1);
  },
});
