import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import type { PostId } from '../kernel/ids.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { searchableMicroblog } from '../testing/searchable-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

type Searchable = Awaited<ReturnType<typeof searchableMicroblog>>;

const bodiesOf = async ({ search }: Searchable, query: string, more = {}) =>
  (await search.posts(visitor, { query, ...more })).items.map(({ post }) => post.body);

describe('search.posts', () => {
  it('finds posts for any viewer, with their authors and matching parts', async () => {
    const microblog = await searchableMicroblog();
    await microblog.publish('Red house', 'blue house');
    const { items, next, asked } = await microblog.search.posts(visitor, { query: 'red' });
    expect([next, asked]).toEqual([null, true]);
    expect(items).toMatchObject([
      { post: { body: 'Red house' }, author: { nickname: 'john' }, highlights: [{ start: 0, end: 3 }] },
    ]);
  });

  it('orders by relevance, or the newest first', async () => {
    const microblog = await searchableMicroblog();
    await microblog.publish('tea', 'a cup of tea for me and one for you');
    expect((await bodiesOf(microblog, 'tea'))[0]).toBe('tea');
    expect((await bodiesOf(microblog, 'tea', { order: 'recent' }))[1]).toBe('tea');
  });

  it('finds the posts of any of several nicknames, in any case', async () => {
    const microblog = await searchableMicroblog();
    const mary = await microblog.member('mary');
    await microblog.publish('of john');
    await microblog.index.add([await microblog.posts.publish(mary, { body: 'of mary' })]);
    expect(await bodiesOf(microblog, 'from:JOHN')).toEqual(['of john']);
    expect(await bodiesOf(microblog, 'of from:mary')).toEqual(['of mary']);
    expect(await bodiesOf(microblog, 'from:mary from:john from:nobody', { order: 'recent' })).toHaveLength(2);
    expect(await bodiesOf(microblog, 'of from:nobody')).toEqual([]);
  });

  it('finds posts of other authors and in other languages', async () => {
    const microblog = await searchableMicroblog();
    const { storage, build, index, john } = microblog;
    const mary = await microblog.member('mary');
    await microblog.publish('of john');
    await index.add([await microblog.posts.publish(mary, { body: 'of mary' })]);
    expect(await bodiesOf(microblog, 'of -from:JOHN')).toEqual(['of mary']);
    expect(await bodiesOf(microblog, '-from:mary')).toEqual(['of john']);
    expect(await bodiesOf(microblog, 'of -from:john -from:mary')).toEqual([]);
    expect(await bodiesOf(microblog, 'from:mary from:john -from:john')).toEqual(['of mary']);
    // An unknown nickname excludes no author.
    expect(await bodiesOf(microblog, '-from:nobody')).toHaveLength(2);
    const spanish = build.post(john.id, { body: 'de juan', language: 'es-MX' });
    await storage.posts.insert(spanish);
    await index.add([spanish]);
    expect(await bodiesOf(microblog, '-lang:es from:john')).toEqual(['of john']);
  });

  it.each(['', ' ', '"', '…'])('finds nothing for %j', async (query) => {
    const microblog = await searchableMicroblog();
    await microblog.publish('a post');
    expect(await microblog.search.posts(visitor, { query })).toEqual({ items: [], next: null, asked: false });
  });

  it('returns full pages up to the last', async () => {
    const microblog = await searchableMicroblog({ maxSearchResults: 4 });
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

  it('gives no cursor to an empty page', async () => {
    const microblog = await searchableMicroblog();
    await microblog.publish('one', 'one', 'one');
    expect((await microblog.search.posts(visitor, { query: 'one', limit: 3 })).next).toBeNull();
  });

  it('returns at most the limit of the microblog', async () => {
    const microblog = await searchableMicroblog({ maxSearchResults: 2 });
    await microblog.publish('one', 'one', 'one');
    expect(await bodiesOf(microblog, 'one', { limit: 100 })).toHaveLength(2);
    expect(await bodiesOf(microblog, 'one', { limit: 1 })).toHaveLength(1);
  });

  it('hides deleted posts that the index still contains, and fills the page', async () => {
    const microblog = await searchableMicroblog({ maxSearchResults: 3 });
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

  it('hides posts of suspended members until the suspension ends', async () => {
    const microblog = await searchableMicroblog();
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

  it('fills pages with posts of others, however many a suspended member wrote', async () => {
    const microblog = await searchableMicroblog({ maxSearchResults: 3 });
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

  it('limits the reads of the index for one page, and continues there on the next page', async () => {
    let asked = 0;
    const index = memorySearchIndex();
    const counting: SearchIndex = {
      ...index,
      search(query, request) {
        asked += 1;
        return index.search(query, request);
      },
    };
    const microblog = await searchableMicroblog({ maxSearchResults: 1 }, counting);
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

  it('throws `search_off` if search is off', async () => {
    const { search } = testMicroblog();
    expect(search.enabled).toBe(false);
    await rejectsWith(search.posts(visitor, { query: 'a' }), 'search_off');
  });

  it('refuses invalid cursors, limits and orders', async () => {
    const { search } = await searchableMicroblog();
    await rejectsWith(search.posts(visitor, { query: 'a', cursor: 'x' }), 'invalid_cursor');
    for (const wrong of [{ limit: 0 }, { limit: 1.5 }, { order: 'best' as 'recent' }]) {
      await rejectsWith(search.posts(visitor, { query: 'a', ...wrong }), 'invalid_input');
    }
  });
});
