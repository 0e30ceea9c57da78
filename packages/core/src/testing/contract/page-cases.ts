import assert from 'node:assert/strict';
import type { PostId, UserId } from '../../kernel/ids.ts';
import { mapPage, type Page, type PageRequest } from '../../kernel/page.ts';
import type { Storage } from '../../ports/storage.ts';
import type { AuthoredPost, Post } from '../../posts/post.ts';
import { unrestrictedReader } from '../../reading/may-read.ts';
import { builders } from '../builders.ts';
import { casesOf } from './contract-case.ts';

type List = (storage: Storage, page: PageRequest) => Promise<Page<{ readonly id: string }>>;

const SIZE = 7;

/** Every list has the same content, so that one set of cases tests the paging of all. */
const lists: Readonly<Record<string, List>> = {
  'users.list': ({ users }, page) => users.list(page),
  'posts.listAll': ({ posts }, page) => withIds(posts.listAll(unrestrictedReader, page)),
  'posts.listByAuthor': async (storage, page) =>
    storage.posts.listByAuthor(unrestrictedReader, await hub(storage), page),
  'posts.listHome': async (storage, page) =>
    withIds(storage.posts.listHome({ ...unrestrictedReader, id: await hub(storage) }, page)),
  'follows.listFollowers': async (storage, page) => storage.follows.listFollowers(await hub(storage), page),
  'follows.listFollowing': async (storage, page) => storage.follows.listFollowing(await hub(storage), page),
};

async function withIds(page: Promise<Page<AuthoredPost>>): Promise<Page<Post>> {
  return mapPage(await page, ({ post }) => post);
}

async function hub({ users }: Storage): Promise<UserId> {
  const user = await users.findByNickname('hub');
  assert.ok(user);
  return user.id;
}

/** One user called hub with seven posts, who follows six users and is followed by them. Seven users in all. */
async function fill({ users, posts, follows }: Storage): Promise<void> {
  const build = builders();
  const { id } = await users.insert(build.user({ nickname: 'hub' }));
  for (let n = 1; n < SIZE; n++) {
    const other = await users.insert(build.user());
    await follows.insert(build.follow(id, other.id));
    await follows.insert(build.follow(other.id, id));
  }
  for (let n = 0; n < SIZE; n++) await posts.insert(build.post(id));
}

const newestPosts = ({ posts }: Storage, page: PageRequest) =>
  withIds(posts.listAll(unrestrictedReader, page));

const idsOf = (page: Page<{ readonly id: string }>) => page.items.map(({ id }) => id);

const listCases = Object.entries(lists).flatMap(([name, list]) =>
  casesOf(name, {
    'paging in both directions returns each row once, newest first': async (storage) => {
      await fill(storage);
      const all = idsOf(await list(storage, { limit: 100 }));
      assert.ok(all.length >= SIZE - 1);
      const forward: string[][] = [];
      let page = await list(storage, { limit: 3 });
      assert.equal(page.previous, null);
      for (;;) {
        forward.push(idsOf(page));
        if (page.next === null) break;
        page = await list(storage, { limit: 3, before: page.next });
      }
      assert.deepEqual(forward.flat(), all);
      const backward: string[][] = [idsOf(page)];
      while (page.previous !== null) {
        page = await list(storage, { limit: 3, after: page.previous });
        backward.unshift(idsOf(page));
      }
      assert.deepEqual(backward.flat(), all);
    },
    'a page with the whole list has no cursors': async (storage) => {
      await fill(storage);
      const count = idsOf(await list(storage, { limit: 100 })).length;
      const exact = await list(storage, { limit: count });
      assert.deepEqual([exact.next, exact.previous], [null, null]);
      assert.notEqual((await list(storage, { limit: count - 1 })).next, null);
    },
    'a page beyond either end is empty': async (storage) => {
      await fill(storage);
      assert.deepEqual(idsOf(await list(storage, { limit: 3, before: '1' })), []);
      assert.deepEqual(idsOf(await list(storage, { limit: 3, after: '9223372036854775807' })), []);
    },
  }),
);

const movingCases = casesOf('pages', {
  'a new post does not move older pages': async (storage) => {
    await fill(storage);
    const build = builders(new Date('2026-06-01T00:00:00.000Z'));
    const author = await hub(storage);
    const first = await newestPosts(storage, { limit: 3 });
    const second = await newestPosts(storage, {
      limit: 3,
      before: first.next ?? undefined,
    });
    await storage.posts.insert(build.post(author));
    assert.deepEqual(await newestPosts(storage, { limit: 3, before: first.next ?? undefined }), second);
    const newer = await newestPosts(storage, { limit: 3, after: first.items[0]?.id });
    assert.equal(newer.items.length, 1);
  },
  'a cursor stays valid after its post is deleted': async (storage) => {
    await fill(storage);
    const first = await newestPosts(storage, { limit: 3 });
    const second = await newestPosts(storage, {
      limit: 3,
      before: first.next ?? undefined,
    });
    await storage.posts.delete(first.next as PostId);
    assert.deepEqual(
      idsOf(await newestPosts(storage, { limit: 3, before: first.next ?? undefined })),
      idsOf(second),
    );
  },
});

export const pageCases = [...listCases, ...movingCases];
