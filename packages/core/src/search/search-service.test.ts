import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import type { PostId } from '../kernel/ids.ts';
import { memoryJobQueue } from '../memory/memory-job-queue.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { until } from '../testing/contract/job-queue-case.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

/** A microblog with an index in memory, and somebody who writes. */
async function searchable(options = {}, index: SearchIndex = memorySearchIndex()) {
  const microblog = testMicroblog(options, { search: index, jobs: memoryJobQueue() });
  const { posts, clock, storage } = microblog;
  const john = await microblog.member('john');
  return {
    ...microblog,
    index,
    john,
    /** Publishes, a millisecond later each, and lets the index know. */
    async publish(...bodies: readonly string[]) {
      const published = [];
      for (const body of bodies) {
        clock.advance(1);
        published.push(await posts.publish(john, { body }));
      }
      await index.add(published);
      return published;
    },
    storage,
  };
}

type Searchable = Awaited<ReturnType<typeof searchable>>;

const bodiesOf = async ({ search }: Searchable, query: string, more = {}) =>
  (await search.posts(visitor, { query, ...more })).items.map(({ post }) => post.body);

describe('search.posts', () => {
  it('finds posts for anybody, with their authors and what matches', async () => {
    const microblog = await searchable();
    await microblog.publish('Red house', 'blue house');
    const { items, next, asked } = await microblog.search.posts(visitor, { query: 'red' });
    expect([next, asked]).toEqual([null, true]);
    expect(items).toMatchObject([
      { post: { body: 'Red house' }, author: { nickname: 'john' }, highlights: [{ start: 0, end: 3 }] },
    ]);
  });

  it('orders by relevance, or the newest first', async () => {
    const microblog = await searchable();
    await microblog.publish('tea', 'a cup of tea for me and one for you');
    expect((await bodiesOf(microblog, 'tea'))[0]).toBe('tea');
    expect((await bodiesOf(microblog, 'tea', { order: 'recent' }))[1]).toBe('tea');
  });

  it('finds what somebody wrote, by any of several nicknames, in any case', async () => {
    const microblog = await searchable();
    const mary = await microblog.member('mary');
    await microblog.publish('of john');
    await microblog.index.add([await microblog.posts.publish(mary, { body: 'of mary' })]);
    expect(await bodiesOf(microblog, 'from:JOHN')).toEqual(['of john']);
    expect(await bodiesOf(microblog, 'of from:mary')).toEqual(['of mary']);
    expect(await bodiesOf(microblog, 'from:mary from:john from:nobody', { order: 'recent' })).toHaveLength(2);
    expect(await bodiesOf(microblog, 'of from:nobody')).toEqual([]);
  });

  it('finds what others wrote, in other languages too', async () => {
    const microblog = await searchable();
    const { storage, build, index, john } = microblog;
    const mary = await microblog.member('mary');
    await microblog.publish('of john');
    await index.add([await microblog.posts.publish(mary, { body: 'of mary' })]);
    expect(await bodiesOf(microblog, 'of -from:JOHN')).toEqual(['of mary']);
    expect(await bodiesOf(microblog, '-from:mary')).toEqual(['of john']);
    expect(await bodiesOf(microblog, 'of -from:john -from:mary')).toEqual([]);
    expect(await bodiesOf(microblog, 'from:mary from:john -from:john')).toEqual(['of mary']);
    // Nobody is called so: then everybody is somebody else.
    expect(await bodiesOf(microblog, '-from:nobody')).toHaveLength(2);
    const spanish = build.post(john.id, { body: 'de juan', language: 'es-MX' });
    await storage.posts.insert(spanish);
    await index.add([spanish]);
    expect(await bodiesOf(microblog, '-lang:es from:john')).toEqual(['of john']);
  });

  it.each(['', ' ', '"', '…'])('asks nothing for %j', async (query) => {
    const microblog = await searchable();
    await microblog.publish('a post');
    expect(await microblog.search.posts(visitor, { query })).toEqual({ items: [], next: null, asked: false });
  });

  it('goes through all pages, each full, up to the last', async () => {
    const microblog = await searchable({ maxSearchResults: 4 });
    await microblog.publish(...Array.from({ length: 9 }, (_, n) => `number ${n}`));
    for (const order of ['relevance', 'recent'] as const) {
      const pages: string[][] = [];
      for (let cursor: string | undefined; ; ) {
        const { items, next } = await microblog.search.posts(visitor, { query: 'number', order, cursor });
        pages.push(items.map(({ post }) => post.body.slice(-1)));
        if (next === null) break;
        cursor = next;
      }
      expect(pages).toEqual([['8', '7', '6', '5'], ['4', '3', '2', '1'], ['0']]);
    }
  });

  it('leads to no empty page', async () => {
    const microblog = await searchable();
    await microblog.publish('one', 'one', 'one');
    expect((await microblog.search.posts(visitor, { query: 'one', limit: 3 })).next).toBeNull();
  });

  it('gives no more than the microblog allows', async () => {
    const microblog = await searchable({ maxSearchResults: 2 });
    await microblog.publish('one', 'one', 'one');
    expect(await bodiesOf(microblog, 'one', { limit: 100 })).toHaveLength(2);
    expect(await bodiesOf(microblog, 'one', { limit: 1 })).toHaveLength(1);
  });

  it('shows nobody a deleted post that the index still holds, and fills the page all the same', async () => {
    const microblog = await searchable({ maxSearchResults: 3 });
    const posts = await microblog.publish(...Array.from({ length: 40 }, (_, n) => `number ${n}`));
    for (const { id } of posts.slice(6)) await microblog.storage.posts.delete(id);
    const first = await microblog.search.posts(visitor, { query: 'number', order: 'recent' });
    expect(first.items.map(({ post }) => post.body)).toEqual(['number 5', 'number 4', 'number 3']);
    const second = await microblog.search.posts(visitor, {
      query: 'number',
      order: 'recent',
      cursor: first.next ?? undefined,
    });
    expect(second.items.map(({ post }) => post.body)).toEqual(['number 2', 'number 1', 'number 0']);
    expect(second.next).toBeNull();
  });

  it('shows nobody what suspended members wrote, until they are back', async () => {
    const microblog = await searchable();
    const { storage, clock, john, member } = microblog;
    const mary = await member('mary');
    await microblog.publish('a word of john');
    await microblog.index.add([await microblog.posts.publish(mary, { body: 'a word of mary' })]);
    await storage.users.update(mary.id, { suspendedAt: clock.now() });
    expect(await bodiesOf(microblog, 'word')).toEqual(['a word of john']);
    expect(await bodiesOf(microblog, 'from:mary')).toEqual([]);
    await storage.users.update(mary.id, { suspendedAt: null });
    expect(await bodiesOf(microblog, 'word')).toHaveLength(2);
    expect(john.suspendedAt).toBeNull();
  });

  it('fills pages with those of others, however much a suspended member wrote', async () => {
    const microblog = await searchable({ maxSearchResults: 3 });
    const { storage, clock, posts, index } = microblog;
    const mary = await microblog.member('mary');
    await microblog.publish(...Array.from({ length: 4 }, (_, n) => `word ${n}`));
    for (let n = 0; n < 40; n++) await index.add([await posts.publish(mary, { body: 'word of mary' })]);
    await storage.users.update(mary.id, { suspendedAt: clock.now() });
    for (const order of ['recent', 'relevance'] as const) {
      const first = await microblog.search.posts(visitor, { query: 'word', order });
      expect(first.items.map(({ post }) => post.body)).toEqual(['word 3', 'word 2', 'word 1']);
      const cursor = first.next ?? undefined;
      const second = await microblog.search.posts(visitor, { query: 'word', order, cursor });
      expect([second.items.map(({ post }) => post.body), second.next]).toEqual([['word 0'], null]);
    }
  });

  it('asks the index only so often for one page, and goes on from there on the next', async () => {
    let asked = 0;
    const index = memorySearchIndex();
    const counting: SearchIndex = {
      ...index,
      search(query, request) {
        asked += 1;
        return index.search(query, request);
      },
    };
    const microblog = await searchable({ maxSearchResults: 1 }, counting);
    const [real] = await microblog.publish('ghost');
    const ghosts = Array.from({ length: 4_500 }, () =>
      microblog.build.post(microblog.john.id, { body: 'ghost' }),
    );
    await index.add(
      ghosts.map((post) => ({ ...post, id: (BigInt(post.id) + 2n ** 40n).toString() as PostId })),
    );
    let page = await microblog.search.posts(visitor, { query: 'ghost', order: 'recent' });
    expect([page.items.length, asked]).toEqual([0, 12]);
    page = await microblog.search.posts(visitor, {
      query: 'ghost',
      order: 'recent',
      cursor: page.next ?? undefined,
    });
    expect(page.items.map(({ post }) => post.id)).toEqual([real?.id]);
  });

  it('says so where search is off', async () => {
    const { search } = testMicroblog();
    expect(search.enabled).toBe(false);
    await rejectsWith(search.posts(visitor, { query: 'a' }), 'search_off');
  });

  it('refuses cursors, limits and orders that are none', async () => {
    const { search } = await searchable();
    await rejectsWith(search.posts(visitor, { query: 'a', cursor: 'x' }), 'invalid_cursor');
    for (const wrong of [{ limit: 0 }, { limit: 1.5 }, { order: 'best' as 'recent' }]) {
      await rejectsWith(search.posts(visitor, { query: 'a', ...wrong }), 'invalid_input');
    }
  });
});

describe('the index', () => {
  async function running() {
    const microblog = await searchable();
    await microblog.jobs.start(microblog.jobHandlers);
    const holds = (posts: number) => until(async () => (await microblog.index.status()).posts === posts);
    return { ...microblog, holds, stop: () => microblog.jobs.stop() };
  }

  it('hears of posts that are published and deleted, by jobs', async () => {
    const { posts, john, search, holds, stop } = await running();
    const post = await posts.publish(john, { body: 'a word' });
    await holds(1);
    expect((await search.posts(visitor, { query: 'word' })).items).toHaveLength(1);
    await posts.delete(john, post.id);
    await holds(0);
    await stop();
  });

  it('hears nothing of a post that was not published after all', async () => {
    const { posts, john, jobs, member } = await searchable();
    await rejectsWith(posts.publish({ ...john, id: '7' as typeof john.id }, { body: 'a' }), 'user_not_found');
    const post = await posts.publish(john, { body: 'a' });
    await rejectsWith(posts.delete(await member('mary'), post.id), 'forbidden');
    expect((await jobs.statistics()).waiting).toBe(1);
  });

  it('holds no post that was deleted before its job ran, in whichever order the jobs run', async () => {
    const { posts, john, index, jobHandlers } = await searchable();
    const post = await posts.publish(john, { body: 'a word' });
    await posts.delete(john, post.id);
    await jobHandlers['search.remove']?.({ postId: post.id });
    await jobHandlers['search.index']?.({ postId: post.id });
    expect((await index.status()).posts).toBe(0);
  });

  it('hears nothing by jobs where it is off, or kept by the storage', async () => {
    for (const index of [undefined, { ...memorySearchIndex(), upkeep: 'storage' as const }]) {
      const { posts, member, jobs } = testMicroblog(
        {},
        { jobs: memoryJobQueue(), ...(index === undefined ? {} : { search: index }) },
      );
      const john = await member('john');
      const post = await posts.publish(john, { body: 'a' });
      await posts.delete(john, post.id);
      expect((await jobs.statistics()).waiting).toBe(0);
    }
  });

  it('is filled by jobs where it is not complete, and told of only once', async () => {
    const { storage, build, john, search, jobs, jobHandlers, index, logged } = await searchable();
    await storage.transaction(async ({ posts }) => {
      for (let n = 0; n < 10_100; n++) await posts.insert(build.post(john.id));
    });
    for (let time = 0; time < 3; time++) await search.keepFilled();
    expect((await jobs.statistics()).waiting).toBe(1);
    await jobs.start(jobHandlers);
    await until(async () => (await search.status()).progress.complete);
    await jobs.stop();
    expect((await index.status()).posts).toBe(10_100);
    expect(logged).toMatchObject([
      { level: 'info', message: 'filling the search index' },
      { level: 'info', message: 'the search index is complete', details: { posts: 10_100 } },
    ]);
    await search.keepFilled();
    expect((await jobs.statistics()).waiting).toBe(0);
  });

  it('is filled where the microblog starts, with posts of the time before there was an index', async () => {
    const { storage, build, john, start, stop, index, search, clock } = await searchable();
    await storage.posts.insert(build.post(john.id, { body: 'from before' }));
    await start();
    await until(async () => (await search.status()).progress.complete);
    expect((await search.posts(visitor, { query: 'before' })).items).toHaveLength(1);
    await stop();
    clock.advance(1);
    await storage.posts.insert(build.post(john.id, { body: 'nobody told the index' }));
    await start();
    await until(async () => (await index.status()).posts === 2);
    await stop();
  });

  it('is filled again after it was cleared', async () => {
    const { search, jobs, jobHandlers, publish, index } = await searchable();
    await publish('a word');
    await search.clear();
    expect((await index.status()).posts).toBe(0);
    await jobs.start(jobHandlers);
    await until(async () => (await search.status()).progress.complete);
    await jobs.stop();
    expect((await index.status()).posts).toBe(1);
  });

  it('is told again of the newest posts after a start', async () => {
    const { search, storage, build, john, index } = await searchable();
    await search.fill();
    await storage.posts.insert(build.post(john.id));
    await search.keepFilled();
    expect((await index.status()).posts).toBe(0);
    await search.keepFilled({ afterStart: true });
    expect((await index.status()).posts).toBe(1);
  });
});

describe('search.lag', () => {
  it('says how many of the newest posts are not in the index, and for how long', async () => {
    const { search, storage, build, john, publish, clock } = await searchable();
    await publish('a word');
    expect(await search.lag()).toEqual({ posts: 0, seconds: 0 });
    const late = build.post(john.id);
    await storage.posts.insert(late);
    clock.advance(late.createdAt.getTime() + 3_000 - clock.now().getTime());
    expect(await search.lag()).toEqual({ posts: 1, seconds: 3 });
  });
});
