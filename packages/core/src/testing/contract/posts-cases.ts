import assert from 'node:assert/strict';
import { compareIds, composeId, type PostId, type UserId } from '../../kernel/ids.ts';
import type { Storage } from '../../ports/storage.ts';
import type { AuthoredPost } from '../../posts/post.ts';
import { unrestrictedReader } from '../../reading/may-read.ts';
import { userPresenter } from '../../users/user-presenter.ts';
import { type Builders, builders } from '../builders.ts';
import { casesOf, rejectsWith, settle } from './contract-case.ts';
import { postsOf } from './posts-of.ts';
import type { RepositorySamples } from './repository-samples.ts';

const absentPost = '4611686018427387904' as PostId;
const absentUser = '4611686018427387904' as UserId;

async function authorAndBuilders({ users }: Storage): Promise<{ author: UserId; build: Builders }> {
  const build = builders();
  const author = await users.insert(build.user());
  return { author: author.id, build };
}

const bodies = (page: Parameters<typeof postsOf>[0]) => postsOf(page).map(({ body }) => body);

export const postCases = casesOf('posts', {
  'a post is read as it was written': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const body = 'Ünïcödé 👨‍👩‍👧‍👦 \'quoted\' "text" \\ %s ; --\nsecond line\t<b>';
    const post = build.post(author, { body, language: 'pt-BR' });
    await storage.posts.insert(post);
    assert.deepEqual(await storage.posts.find(post.id), post);
  },
  'the largest id keeps all its digits': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const id = '9223372036854775807' as PostId;
    await storage.posts.insert(build.post(author, { id }));
    assert.equal((await storage.posts.find(id))?.id, id);
    const [newest] = postsOf(await storage.posts.listAll(unrestrictedReader, { limit: 1 }));
    assert.equal(newest?.id, id);
  },
  'absent posts and authors are null, false or empty': async ({ posts }) => {
    const empty = { items: [], next: null, previous: null };
    assert.equal(await posts.find(absentPost), null);
    assert.equal(await posts.delete(absentPost), false);
    assert.deepEqual(await posts.findMany([absentPost]), []);
    assert.deepEqual(await posts.findMany([]), []);
    assert.deepEqual(await posts.listAll(unrestrictedReader, { limit: 10 }), empty);
    assert.deepEqual(await posts.listByAuthor(unrestrictedReader, absentUser, { limit: 10 }), empty);
    assert.deepEqual(await posts.listHome({ ...unrestrictedReader, id: absentUser }, { limit: 10 }), empty);
  },
  'several posts are read in one call, each once': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const posts = [build.post(author), build.post(author), build.post(author)] as const;
    for (const post of posts) await storage.posts.insert(post);
    const [one, , other] = posts;
    const found = await storage.posts.findMany([other.id, absentPost, one.id, one.id]);
    assert.deepEqual(
      postsOf({ items: found }).sort((a, b) => compareIds(a.id, b.id)),
      [one, other],
    );
  },
  'a post needs an existing author': async ({ posts }) => {
    await rejectsWith(posts.insert(builders().post(absentUser)), 'user_not_found');
  },
  'an id in use clashes, and the first post stays': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const post = build.post(author, { body: 'first' });
    await storage.posts.insert(post);
    await rejectsWith(storage.posts.insert(build.post(author, { id: post.id })), 'id_clash');
    assert.equal((await storage.posts.find(post.id))?.body, 'first');
    assert.equal((await storage.users.find(author))?.postCount, 1);
  },
  'the count of posts excludes deleted posts': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const posts = [build.post(author), build.post(author)] as const;
    for (const post of posts) await storage.posts.insert(post);
    assert.equal((await storage.users.find(author))?.postCount, 2);
    assert.equal(await storage.posts.delete(posts[0].id), true);
    assert.equal(await storage.posts.delete(posts[0].id), false);
    assert.equal((await storage.users.find(author))?.postCount, 1);
    assert.equal(await storage.posts.find(posts[0].id), null);
  },
  'of several concurrent deletions of one post, one returns true': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const post = build.post(author);
    await storage.posts.insert(post);
    const { values } = await settle(Array.from({ length: 5 }, () => storage.posts.delete(post.id)));
    assert.equal(values.filter(Boolean).length, 1);
    assert.equal((await storage.users.find(author))?.postCount, 0);
  },
  'many concurrent posts are all counted': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const rows = Array.from({ length: 20 }, () => build.post(author));
    await Promise.all(rows.map((post) => storage.posts.insert(post)));
    assert.equal((await storage.users.find(author))?.postCount, 20);
  },
  'each list has the posts of its authors, newest first': async (storage) => {
    const { author: reader, build } = await authorAndBuilders(storage);
    const friend = (await storage.users.insert(build.user())).id;
    const stranger = (await storage.users.insert(build.user())).id;
    await storage.follows.insert(build.follow(reader, friend));
    await storage.follows.insert(build.follow(stranger, reader));
    for (const [author, body] of [
      [friend, 'friend 1'],
      [stranger, 'stranger'],
      [reader, 'own'],
      [friend, 'friend 2'],
    ] as const) {
      await storage.posts.insert(build.post(author, { body }));
    }
    const page = { limit: 10 };
    assert.deepEqual(bodies(await storage.posts.listAll(unrestrictedReader, page)), [
      'friend 2',
      'own',
      'stranger',
      'friend 1',
    ]);
    assert.deepEqual(bodies(await storage.posts.listHome({ ...unrestrictedReader, id: reader }, page)), [
      'friend 2',
      'own',
      'friend 1',
    ]);
    assert.deepEqual(bodies(await storage.posts.listHome({ ...unrestrictedReader, id: friend }, page)), [
      'friend 2',
      'friend 1',
    ]);
    assert.deepEqual(bodies(await storage.posts.listByAuthor(unrestrictedReader, friend, page)), [
      'friend 2',
      'friend 1',
    ]);
    await storage.follows.delete(reader, friend);
    assert.deepEqual(bodies(await storage.posts.listHome({ ...unrestrictedReader, id: reader }, page)), [
      'own',
    ]);
  },
  'posts come with the current record of their author': async (storage) => {
    const { author: reader, build } = await authorAndBuilders(storage);
    const email = 'friend@example.org';
    const { id: friend } = await storage.users.insert(
      build.user({ email, avatarUrl: 'https://a.example/b' }),
    );
    await storage.follows.insert(build.follow(reader, friend));
    const posts = [friend, reader, friend].map((author) => build.post(author));
    for (const post of posts) await storage.posts.insert(post);
    const time = new Date('2026-02-03T04:05:06.007Z');
    await storage.users.markSeen(friend, time);
    await storage.users.update(friend, { aboutMe: 'About me.', emailVerifiedAt: time, suspendedAt: time });
    const present = userPresenter({ emailHashes: 'all' });
    const expected: unknown[] = [];
    for (const post of posts.reverse()) {
      const author = await storage.users.find(post.authorId);
      assert.ok(author);
      const { email, emailVerifiedAt, suspendedAt } = author;
      expected.push({ post, author: await present.person(author), email, emailVerifiedAt, suspendedAt });
    }
    const found = async (all: readonly AuthoredPost[]) =>
      Promise.all(
        all.map(async ({ post, author }) => {
          const { email, emailVerifiedAt, suspendedAt } = author;
          return { post, author: await present.person(author), email, emailVerifiedAt, suspendedAt };
        }),
      );
    const page = { limit: 10 };
    const home = await storage.posts.listHome({ ...unrestrictedReader, id: reader }, page);
    assert.deepEqual(await found((await storage.posts.listAll(unrestrictedReader, page)).items), expected);
    assert.deepEqual(await found(home.items), expected);
    const byId = await storage.posts.findMany(posts.map(({ id }) => id));
    byId.sort((a, b) => compareIds(b.post.id, a.post.id));
    assert.deepEqual(await found(byId), expected);
  },
  'counts of newer posts agree with the lists, up to a limit': async (storage) => {
    const { author: reader, build } = await authorAndBuilders(storage);
    const friend = (await storage.users.insert(build.user())).id;
    const stranger = (await storage.users.insert(build.user())).id;
    await storage.follows.insert(build.follow(reader, friend));
    const posts = [reader, friend, stranger, friend, reader].map((author) => build.post(author));
    for (const post of posts) await storage.posts.insert(post);
    const counts = async (after: PostId | undefined, most: number) => [
      await storage.posts.countAllNewer(unrestrictedReader, after, most),
      await storage.posts.countHomeNewer({ ...unrestrictedReader, id: reader }, after, most),
      await storage.posts.countHomeNewer({ ...unrestrictedReader, id: stranger }, after, most),
    ];
    assert.deepEqual(await counts(undefined, 10), [5, 4, 1]);
    assert.deepEqual(await counts(posts[1]?.id, 10), [3, 2, 1]);
    assert.deepEqual(await counts(posts[1]?.id, 2), [2, 2, 1]);
    assert.deepEqual(await counts(posts[4]?.id, 10), [0, 0, 0]);
    await storage.posts.delete(posts[3]?.id ?? absentPost);
    assert.deepEqual(await counts(posts[3]?.id, 10), [1, 1, 0]);
    assert.deepEqual(await counts(posts[1]?.id, 10), [2, 1, 1]);
    assert.equal(
      await storage.posts.countHomeNewer({ ...unrestrictedReader, id: absentUser }, undefined, 10),
      0,
    );
  },
  'posts of one millisecond are all paged, each once': async (storage) => {
    const { author, build } = await authorAndBuilders(storage);
    const createdAt = new Date('2026-01-05T00:00:00.000Z');
    const sequence = [5, 3, 9, 1, 7, 2, 8, 4, 6, 0];
    for (const number of sequence) {
      const id = composeId<PostId>(createdAt.getTime(), number);
      await storage.posts.insert(build.post(author, { id, createdAt, body: String(number) }));
    }
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await storage.posts.listAll(unrestrictedReader, { limit: 3, before });
      seen.push(...bodies(page));
      before = page.next ?? undefined;
    } while (before !== undefined);
    assert.deepEqual(seen, ['9', '8', '7', '6', '5', '4', '3', '2', '1', '0']);
  },
});

export const postSamples: RepositorySamples<'posts'> = {
  plant: async () => {},
  calls: {
    find: { read: ({ posts }, { post }) => posts.find(post) },
    findMany: { read: ({ posts }, { post }) => posts.findMany([post]) },
    listAll: { read: ({ posts }) => posts.listAll(unrestrictedReader, { limit: 10 }) },
    listByAuthor: {
      read: ({ posts }, { ada }) => posts.listByAuthor(unrestrictedReader, ada, { limit: 10 }),
    },
    listHome: {
      read: ({ posts }, { ben }) => posts.listHome({ ...unrestrictedReader, id: ben }, { limit: 10 }),
    },
    countAllNewer: { read: ({ posts }) => posts.countAllNewer(unrestrictedReader, '5000', 51) },
    countHomeNewer: {
      read: ({ posts }, { ben }) => posts.countHomeNewer({ ...unrestrictedReader, id: ben }, '5000', 51),
    },
    insert: {
      write: ({ posts }, { ada, build }) => posts.insert(build.post(ada)),
      seen: ({ posts }) => posts.listAll(unrestrictedReader, { limit: 10 }),
    },
    delete: {
      write: ({ posts }, { post }) => posts.delete(post),
      seen: ({ posts }, { post }) => posts.find(post),
    },
  },
};
