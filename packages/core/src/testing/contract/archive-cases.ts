import assert from 'node:assert/strict';
import {
  type ArchiveBatch,
  type ArchiveContent,
  type ArchiveKind,
  archiveKinds,
  noRecords,
} from '../../archive/archive-content.ts';
import { composeId, type PostId, type UserId } from '../../kernel/ids.ts';
import type { ArchiveStorage } from '../../ports/archive-storage.ts';
import type { Storage } from '../../ports/storage.ts';
import { unrestrictedReader } from '../../reading/may-read.ts';
import { builders } from '../builders.ts';
import { rejectsWith } from './contract-case.ts';
import { plantWorld } from './repository-samples.ts';
import { repositoryContracts } from './storage-contract.ts';

type Archivable = Storage & ArchiveStorage;

/** One behaviour of every storage that can export and import its content. */
export interface ArchiveContractCase {
  readonly name: string;
  /** `open` opens a new, empty storage. The test runner closes it after the case. */
  run(open: () => Promise<Archivable>): Promise<void>;
}

const cases: Readonly<Record<string, (storage: Archivable) => Promise<void>>> = {
  'an empty storage has an empty snapshot, which can be loaded': async (storage) => {
    const { counts, batches } = await keep(storage);
    assert.deepEqual(counts, noRecords);
    assert.deepEqual(await collect(batches()), []);
    await storage.load(contentWith([]));
    assert.deepEqual((await storage.users.list({ limit: 10 })).items, []);
  },
  'a snapshot holds everything, each kind in the order of its ids': async (storage) => {
    await plant(storage);
    const { counts, batches } = await keep(storage);
    assert.deepEqual(counts, {
      ...noRecords,
      users: 3,
      credentials: 1,
      identities: 2,
      follows: 2,
      posts: 2,
    });
    assert.deepEqual(await collect(batches()), planted());
  },
  'loading a snapshot restores its content, with counts': async (storage) => {
    await storage.load(contentWith(planted()));
    assert.deepEqual(await collect((await keep(storage)).batches()), planted());
    const { ada, ben } = people();
    const adaNow = await storage.users.find(ada.id);
    assert.deepEqual(adaNow, { ...ada, followerCount: 1, followingCount: 1, postCount: 2 });
    const benNow = await storage.users.find(ben.id);
    assert.deepEqual(benNow, { ...ben, followerCount: 1, followingCount: 1, postCount: 0 });
    assert.equal(
      (await storage.posts.listHome({ ...unrestrictedReader, id: ben.id }, { limit: 10 })).items.length,
      2,
    );
  },
  'every kind of record is the same after loading': async (storage) => {
    const world = await plantWorld(storage);
    for (const { samples } of Object.values(repositoryContracts)) await samples.plant(storage, world);
    const content = await keep(storage);
    const records = await collect(content.batches());
    assert.deepEqual(
      records.map(({ kind }) => kind),
      archiveKinds,
    );
    await storage.load({ ...content, migrations: [] }, { replace: true });
    assert.deepEqual(await collect((await keep(storage)).batches()), records);
  },
  'a snapshot does not contain later writes': async (storage) => {
    await plant(storage);
    const build = builders(new Date('2026-06-01T00:00:00.000Z'));
    const { ada, ben } = people();
    await storage.snapshot(async ({ batches }) => {
      const late = await storage.users.insert(build.user({ nickname: 'late', email: null }));
      await storage.posts.insert(build.post(late.id));
      await storage.users.update(ada.id, { aboutMe: 'changed' });
      await storage.follows.delete(ada.id, ben.id);
      assert.deepEqual(await collect(batches()), planted());
    });
    assert.equal((await storage.users.find(ada.id))?.aboutMe, 'changed');
  },
  'a snapshot ends if its work fails, and the storage still works': async (storage) => {
    await plant(storage);
    const failure = new Error('on purpose');
    await assert.rejects(
      storage.snapshot(async ({ batches }) => {
        for await (const _ of batches()) throw failure;
      }),
      (error) => error === failure,
    );
    assert.deepEqual(await collect((await keep(storage)).batches()), planted());
  },
  'loading is refused if the storage has users': async (storage) => {
    const build = builders();
    const kept = await storage.users.insert(build.user({ id: '1' as UserId }));
    await rejectsWith(storage.load(contentWith(planted())), 'storage_not_empty');
    assert.deepEqual((await storage.users.list({ limit: 10 })).items, [kept]);
    await storage.load(contentWith(planted()), { replace: true });
    assert.deepEqual(await collect((await keep(storage)).batches()), planted());
  },
  'if reading the content fails, nothing changes': async (storage) => {
    await plant(storage);
    const failure = new Error('cut off');
    async function* broken(): AsyncGenerator<ArchiveBatch> {
      yield* planted().slice(0, 2);
      throw failure;
    }
    const content = { ...contentWith(planted()), batches: broken };
    await assert.rejects(storage.load(content, { replace: true }), (error) => error === failure);
    assert.deepEqual(await collect((await keep(storage)).batches()), planted());
  },
  'if records contradict each other, nothing changes': async (storage) => {
    const { ada, ben } = people();
    const build = builders();
    const stranger = '7' as UserId;
    const follow = build.follow(ada.id, ben.id);
    const contradictory: ArchiveBatch[][] = [
      [{ kind: 'posts', records: [build.post(stranger)] }],
      [{ kind: 'credentials', records: [{ userId: stranger, passwordHash: 'x', changedAt: new Date() }] }],
      [{ kind: 'identities', records: [build.identity(stranger)] }],
      [
        { kind: 'users', records: [ada, ben] },
        {
          kind: 'identities',
          records: [build.identity(ada.id, { subject: 'x' }), build.identity(ben.id, { subject: 'x' })],
        },
      ],
      [{ kind: 'users', records: [ada, { ...ben, nickname: ada.nickname.toUpperCase() }] }],
      [{ kind: 'users', records: [ada, { ...ben, id: ada.id }] }],
      [
        { kind: 'users', records: [ada] },
        { kind: 'follows', records: [build.follow(ada.id, stranger)] },
      ],
      [
        { kind: 'users', records: [ada] },
        { kind: 'follows', records: [build.follow(ada.id, ada.id)] },
      ],
      [
        { kind: 'users', records: [ada, ben] },
        { kind: 'follows', records: [follow, build.follow(ada.id, ben.id)] },
      ],
    ];
    for (const batches of contradictory) {
      await rejectsWith(storage.load(contentWith(batches)), 'archive_invalid');
      assert.deepEqual((await storage.users.list({ limit: 10 })).items, []);
    }
  },
  'several batches of one kind are loaded completely': async (storage) => {
    const { ada } = people();
    const build = builders();
    const posts = Array.from({ length: 2_345 }, () => build.post(ada.id));
    const batches: ArchiveBatch[] = [
      { kind: 'users', records: [ada] },
      { kind: 'posts', records: posts.slice(0, 2_000) },
      { kind: 'posts', records: posts.slice(2_000) },
    ];
    await storage.load(contentWith(batches));
    const { counts, batches: read } = await keep(storage);
    assert.equal(counts.posts, 2_345);
    const found = (await collect(read())).flatMap(({ kind, records }) => (kind === 'posts' ? records : []));
    assert.deepEqual(found, posts);
    assert.equal((await storage.users.find(ada.id))?.postCount, 2_345);
  },
};

/** The behaviours of every `ArchiveStorage`, one a case, in any order. Run them like `storageContract`. */
export const archiveContract: readonly ArchiveContractCase[] = Object.entries(cases).map(([name, run]) => ({
  name: `archive: ${name}`,
  run: async (open) => run(await open()),
}));

/** Users with the largest id, times with milliseconds, different scripts, and null in every nullable field. */
function people() {
  const build = builders();
  const rest = {
    emailVerifiedAt: null,
    settings: {},
    aboutMe: '',
    avatarUrl: null,
    lastSeenAt: null,
    suspendedAt: null,
    sessionEpoch: 0,
  };
  const ada = {
    ...build.user({ nickname: 'Ada', role: 'admin', locale: 'es' }),
    ...rest,
    aboutMe: 'Números y 👩‍👩‍👧‍👦, \u2028 "quoted" \\ <b>\n\ttabbed',
    avatarUrl: 'https://example.org/ada.png',
    lastSeenAt: new Date('2026-05-04T03:02:01.987Z'),
    emailVerifiedAt: new Date('2026-05-03T02:01:00.123Z'),
    sessionEpoch: 3,
    settings: { mailOnFollow: false, ofAnotherRelease: [1, null] },
  };
  const ben = {
    ...build.user({ nickname: 'ben', email: null }),
    ...rest,
    suspendedAt: new Date('2026-05-04T03:02:01.001Z'),
  };
  const last = { ...build.user({ id: '9223372036854775807' as UserId, nickname: 'last' }), ...rest };
  return { ada, ben, last };
}

/** The rows that `plant` writes, as a snapshot returns them. */
function planted(): ArchiveBatch[] {
  const { ada, ben, last } = people();
  const at = new Date('2026-05-05T05:05:05.555Z');
  const build = builders(new Date('2026-02-01T00:00:00.000Z'));
  return [
    { kind: 'users', records: [ada, ben, last] },
    { kind: 'credentials', records: [{ userId: ada.id, passwordHash: '$argon2id$v=19$x', changedAt: at }] },
    {
      kind: 'identities',
      records: [
        build.identity(ada.id, { subject: '漢字 "1"', nickname: 'Ada', locale: 'es', email: null }),
        build.identity(ben.id, { avatarUrl: 'https://example.org/ben.png' }),
      ],
    },
    { kind: 'follows', records: [build.follow(ada.id, ben.id), build.follow(ben.id, ada.id)] },
    {
      kind: 'posts',
      records: [
        build.post(ada.id, { body: '🏳️‍🌈 é ß 漢字 \u200d', language: 'es' }),
        build.post(ada.id, { id: composeId<PostId>(2 ** 47 - 1, 65_535), createdAt: at }),
      ],
    },
  ];
}

/** Writes the same rows through the repositories. */
async function plant(storage: Archivable): Promise<void> {
  const { ada, ben, last } = people();
  await storage.transaction(async ({ users, credentials, identities, follows, posts }) => {
    for (const person of [last, ben, ada]) {
      const {
        emailVerifiedAt,
        settings,
        aboutMe,
        avatarUrl,
        lastSeenAt,
        suspendedAt,
        sessionEpoch,
        ...user
      } = person;
      await users.insert(user);
      await users.update(user.id, {
        emailVerifiedAt,
        settings,
        aboutMe,
        avatarUrl,
        suspendedAt,
        sessionEpoch,
      });
      if (lastSeenAt !== null) await users.markSeen(user.id, lastSeenAt);
    }
    for (const { kind, records } of planted()) {
      if (kind === 'credentials') for (const record of records) await credentials.save(record);
      if (kind === 'identities') await identities.insert(records.toReversed());
      if (kind === 'follows') for (const record of records.toReversed()) await follows.insert(record);
      if (kind === 'posts') for (const record of records.toReversed()) await posts.insert(record);
    }
  });
}

/** A copy of the content, to compare after the snapshot has ended. */
async function keep(storage: Archivable): Promise<ArchiveContent> {
  return storage.snapshot(async (content) => {
    const read = await collect(content.batches());
    return { ...contentWith(read), migrations: content.migrations, counts: content.counts };
  });
}

function contentWith(batches: readonly ArchiveBatch[]): ArchiveContent {
  const counts: Record<ArchiveKind, number> = { ...noRecords };
  for (const { kind, records } of batches) counts[kind] += records.length;
  return {
    migrations: [],
    counts,
    async *batches() {
      yield* batches;
    },
  };
}

/** All records of each kind as one batch. Copies them to plain objects, since rows of a database may have methods. */
async function collect(batches: AsyncIterable<ArchiveBatch>): Promise<ArchiveBatch[]> {
  const all: ArchiveBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return archiveKinds.flatMap((kind) => {
    const records = all.flatMap((batch): object[] => (batch.kind === kind ? [...batch.records] : []));
    const plain = records.map((record) => ({ ...record }));
    return records.length === 0 ? [] : [{ kind, records: plain } as unknown as ArchiveBatch];
  });
}
