import assert from 'node:assert/strict';
import type { UserId } from '../../kernel/ids.ts';
import type { PageRequest } from '../../kernel/page.ts';
import type { Storage } from '../../ports/storage.ts';
import type { Post, PostRepository } from '../../posts/post.ts';
import { type MemberReader, mayRead } from '../../reading/may-read.ts';
import { builders } from '../builders.ts';
import { casesOf } from './contract-case.ts';
import { postsOf } from './posts-of.ts';

/** Every kind of reader, for the user who follows all authors. */
const readers: Readonly<Record<string, (id: UserId) => MemberReader>> = {
  'a member': (id) => ({ id, readsSuspended: false }),
  'a moderator': (id) => ({ id, readsSuspended: true }),
};

/** Every state that an author may be in. */
const authors = { active: false, suspended: true, 'active again': false, 'the reader': false } as const;
type Author = keyof typeof authors;

type ListName = Extract<keyof PostRepository, `list${string}`>;
type CountName = Extract<keyof PostRepository, `count${string}`>;

interface Written {
  readonly storage: Storage;
  readonly reader: UserId;
  readonly ids: Readonly<Record<Author, UserId>>;
  /** The newest first. */
  readonly posts: readonly (Post & { readonly by: Author })[];
}

/** Every list of posts, and its authors without the rule. A missing list does not compile. */
const lists: Readonly<
  Record<
    ListName,
    {
      read(written: Written, reader: MemberReader, page: PageRequest): Promise<Parameters<typeof postsOf>[0]>;
      readonly of: readonly Author[];
    }[]
  >
> = {
  listAll: [{ read: ({ storage }, reader, page) => storage.posts.listAll(reader, page), of: all() }],
  listHome: [{ read: ({ storage }, reader, page) => storage.posts.listHome(reader, page), of: all() }],
  listByAuthor: all().map((author) => ({
    read: ({ storage, ids }: Written, reader: MemberReader, page: PageRequest) =>
      storage.posts.listByAuthor(reader, ids[author], page),
    of: [author],
  })),
};

const counts: Readonly<
  Record<
    CountName,
    (written: Written, reader: MemberReader, after: string | undefined, most: number) => Promise<number>
  >
> = {
  countAllNewer: ({ storage }, reader, after, most) => storage.posts.countAllNewer(reader, after, most),
  countHomeNewer: ({ storage }, reader, after, most) => storage.posts.countHomeNewer(reader, after, most),
};

function all(): Author[] {
  return Object.keys(authors) as Author[];
}

/** Each author writes by turns, so that no page of three begins or ends with the same one. */
async function written(storage: Storage): Promise<Written> {
  const build = builders();
  const ids: Partial<Record<Author, UserId>> = {};
  for (const author of all()) ids[author] = (await storage.users.insert(build.user())).id;
  const known = ids as Record<Author, UserId>;
  const reader = known['the reader'];
  for (const author of all()) {
    if (known[author] !== reader) await storage.follows.insert(build.follow(reader, known[author]));
  }
  const posts: (Post & { readonly by: Author })[] = [];
  for (let turn = 0; turn < 4; turn++) {
    for (const by of all()) {
      const post = build.post(known[by]);
      await storage.posts.insert(post);
      posts.unshift({ ...post, by });
    }
  }
  const suspendedAt = new Date('2026-02-03T04:05:06.007Z');
  await storage.users.update(known.suspended, { suspendedAt });
  await storage.users.update(known['active again'], { suspendedAt });
  await storage.users.update(known['active again'], { suspendedAt: null });
  return { storage, reader, ids: known, posts };
}

const readable = (reader: MemberReader, of: readonly Author[], { posts }: Written) =>
  posts
    .filter(({ by }) => of.includes(by) && mayRead(reader, { suspended: authors[by] }))
    .map(({ id }) => id);

const idsOf = (page: Parameters<typeof postsOf>[0]) => postsOf(page).map(({ id }) => id);

const listCases = Object.entries(readers).flatMap(([who, readerWith]) =>
  Object.entries(lists).map(([name, variants]): [string, (storage: Storage) => Promise<void>] => [
    `${who} finds in ${name} what mayRead allows, in full pages`,
    async (storage) => {
      const world = await written(storage);
      const reader = readerWith(world.reader);
      for (const { read, of } of variants) {
        const expected = readable(reader, of, world);
        assert.deepEqual(idsOf(await read(world, reader, { limit: 100 })), expected);
        const first = idsOf(await read(world, reader, { limit: 3 }));
        assert.deepEqual(first, expected.slice(0, 3));
        const [before] = first.slice(-1);
        if (before === undefined) continue;
        const second = idsOf(await read(world, reader, { limit: 3, before }));
        assert.deepEqual(second, expected.slice(3, 6));
        const [last] = expected.slice(-1);
        const newer = idsOf(await read(world, reader, { limit: 2, after: last }));
        assert.deepEqual(newer, expected.slice(-3, -1));
      }
    },
  ]),
);

const countCases = Object.entries(readers).flatMap(([who, readerWith]) =>
  Object.entries(counts).map(([name, count]): [string, (storage: Storage) => Promise<void>] => [
    `${who} is told by ${name} of as many as mayRead allows`,
    async (storage) => {
      const world = await written(storage);
      const reader = readerWith(world.reader);
      const expected = readable(reader, all(), world);
      assert.equal(await count(world, reader, undefined, 100), expected.length);
      assert.equal(await count(world, reader, undefined, 5), 5);
      for (const { id } of world.posts) {
        const newer = expected.filter((each) => BigInt(each) > BigInt(id)).length;
        assert.equal(await count(world, reader, id, 100), newer);
      }
    },
  ]),
);

export const readingCases = casesOf('reading', {
  ...Object.fromEntries(listCases),
  ...Object.fromEntries(countCases),
  'a visitor finds what a member may read': async (storage) => {
    const world = await written(storage);
    const visitor = { id: null, readsSuspended: false };
    const expected = readable({ id: world.reader, readsSuspended: false }, all(), world);
    assert.deepEqual(idsOf(await storage.posts.listAll(visitor, { limit: 100 })), expected);
    assert.equal(await storage.posts.countAllNewer(visitor, undefined, 100), expected.length);
    const { suspended } = world.ids;
    assert.deepEqual(idsOf(await storage.posts.listByAuthor(visitor, suspended, { limit: 5 })), []);
  },
  'every list and count of posts is held to the rule': async ({ posts }) => {
    const names = Object.keys(posts).filter((name) => /^(list|count)/.test(name));
    assert.deepEqual(names.sort(), [...Object.keys(lists), ...Object.keys(counts)].sort());
  },
});
