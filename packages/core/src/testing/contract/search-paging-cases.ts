import assert from 'node:assert/strict';
import type { SearchHit } from '../../ports/search-index.ts';
import type { Post } from '../../posts/post.ts';
import { type SearchOrder, searchOrders } from '../../search/search-query.ts';
import { rejectsWith } from './contract-case.ts';
import { type SearchBench, type SearchOptions, searchIndexCases } from './search-index-case.ts';

/** Posts that match "tea" more or less well. */
const teas = [
  'tea',
  'a cup of tea is what I would like to have now, with a slice of lemon and some of those biscuits',
  'tea and tea',
  'green tea',
  'tea',
  'no other drink is as warm as tea is on a morning in november when the rain does not end',
  'black tea',
];

/** All pages of hits. */
async function pagesOf(bench: SearchBench, query: string, options: SearchOptions) {
  const { limit = 2 } = options;
  const pages: (readonly SearchHit[])[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await bench.search(query, { ...options, limit, cursor });
    assert.ok(page.length <= limit, 'more hits than the limit');
    if (page.length > 0) pages.push(page);
    assert.ok(pages.length <= teas.length, 'the pages have no end');
    cursor = page.at(-1)?.cursor;
    if (page.length < limit) return pages;
  }
}

/** Deletes the post of the second hit, and checks that the hits after it stay. */
async function continueWithout(
  bench: SearchBench,
  posts: readonly Post[],
  order: SearchOrder,
): Promise<void> {
  const [, second, ...rest] = await bench.search('tea', { order });
  const gone = posts.find(({ id }) => id === second?.id);
  assert.ok(second && gone);
  await bench.delete(gone);
  const left = await bench.search('tea', { order, cursor: second.cursor });
  assert.deepEqual(
    left.map(({ id }) => id),
    rest.map(({ id }) => id),
  );
}

export const searchPagingCases = [
  ...searchIndexCases('order', {
    'is newest first if the request asks for it': async ({ publish, find }) => {
      await publish(...teas, 'coffee');
      assert.deepEqual(await find('tea', { order: 'recent' }), [...teas].reverse());
    },
    'by relevance ranks short posts that repeat the word first': async ({ publish, find }) => {
      await publish(
        'a lighthouse is among the many things that one can see from the window of this old train',
        'lighthouse',
        'of the many things that one can see from the window of this train a lighthouse is the last',
      );
      const [first] = await find('lighthouse', { order: 'relevance' });
      assert.equal(first, 'lighthouse');
      assert.equal((await find('lighthouse', { order: 'relevance' })).length, 3);
    },
    'by relevance is newest first among equal hits': async ({ publish, search }) => {
      const posts = await publish('same words here', 'same words here', 'same words here');
      const hits = await search('words', { order: 'relevance' });
      assert.deepEqual(
        hits.map(({ id }) => id),
        posts.map(({ id }) => id).reverse(),
      );
    },
    'is newest first if the query has only filters': async ({ publish, find }) => {
      await publish({ body: 'uno dos', language: 'es' }, { body: 'tres', language: 'es' });
      assert.deepEqual(await find('lang:es', { order: 'relevance' }), ['tres', 'uno dos']);
    },
    'is the same for a repeated query': async ({ publish, find }) => {
      await publish(...teas);
      for (const order of searchOrders) {
        assert.deepEqual(await find('tea', { order }), await find('tea', { order }));
      }
    },
  }),
  ...searchIndexCases('pages', {
    'contain each post once, in the order of the whole list': async (bench) => {
      await bench.publish(...teas);
      for (const order of searchOrders) {
        const all = await bench.search('tea', { order });
        assert.equal(all.length, teas.length);
        for (const limit of [1, 2, 3, teas.length]) {
          const pages = await pagesOf(bench, 'tea', { order, limit });
          assert.deepEqual(
            pages.flat().map(({ id }) => id),
            all.map(({ id }) => id),
          );
        }
      }
    },
    'can continue from any hit': async (bench) => {
      await bench.publish(...teas);
      for (const order of searchOrders) {
        const all = await bench.search('tea', { order });
        for (const [place, { cursor }] of all.entries()) {
          const rest = await bench.search('tea', { order, cursor });
          assert.deepEqual(
            rest.map(({ id }) => id),
            all.slice(place + 1).map(({ id }) => id),
          );
        }
      }
    },
    'have cursors that fit into a URL': async ({ publish, search }) => {
      await publish(...teas);
      for (const order of searchOrders) {
        for (const { cursor } of await search('tea', { order })) {
          assert.match(cursor, /^[A-Za-z0-9._-]{1,200}$/);
        }
      }
    },
    'continue after a deleted post': async (bench) => {
      const posts = await bench.publish(...teas);
      await continueWithout(bench, posts, 'recent');
    },
    'in the order newest first are not moved by new posts': async (bench) => {
      await bench.publish(...teas);
      const first = await bench.search('tea', { limit: 3 });
      const rest = await bench.find('tea', { cursor: first.at(-1)?.cursor });
      await bench.publish('tea again', 'and more tea');
      assert.deepEqual(await bench.find('tea', { cursor: first.at(-1)?.cursor }), rest);
    },
    'refuse invalid cursors': async ({ publish, search }) => {
      await publish(...teas);
      for (const cursor of [
        '',
        'x',
        '-',
        '1',
        '_',
        '1_',
        '_1',
        "1'; --",
        'null',
        '9'.repeat(200),
        '\u0000',
      ]) {
        for (const order of searchOrders)
          await rejectsWith(search('tea', { order, cursor }), 'invalid_cursor');
      }
    },
  }),
  ...searchIndexCases(
    'pages',
    {
      'by relevance continue after a deleted post': async (bench) => {
        await continueWithout(bench, await bench.publish(...teas), 'relevance');
      },
      'by relevance are not moved by new posts': async (bench) => {
        await bench.publish(...teas);
        const order = 'relevance';
        const first = await bench.search('tea', { order, limit: 3 });
        const rest = await bench.find('tea', { order, cursor: first.at(-1)?.cursor });
        await bench.publish('rainy', 'nothing of the kind', 'milk', 'milk', 'milk');
        assert.deepEqual(await bench.find('tea', { order, cursor: first.at(-1)?.cursor }), rest);
      },
    },
    'steady',
  ),
];
