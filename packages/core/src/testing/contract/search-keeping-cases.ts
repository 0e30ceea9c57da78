import assert from 'node:assert/strict';
import { noSearchProgress, type SearchProgress } from '../../ports/search-index.ts';
import { settle } from './contract-case.ts';
import { type SearchIndexUnderTest, searchIndexCases } from './search-index-case.ts';

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `item ${from + n}`);

async function opened({ another }: SearchIndexUnderTest) {
  assert.ok(another, 'declared as kept or shared, without a way to open it again');
  return another();
}

export const searchKeepingCases = [
  ...searchIndexCases('index', {
    'does not find a deleted post, but finds it again after it is added again': async (bench) => {
      const [post] = await bench.publish('an oak', 'an oak beside it');
      assert.ok(post);
      await bench.delete(post);
      assert.deepEqual(await bench.find('oak'), ['an oak beside it']);
      await bench.tested.storage?.posts.insert(post);
      if (bench.index.upkeep === 'jobs') await bench.index.add([post]);
      assert.deepEqual(await bench.find('oak'), ['an oak beside it', 'an oak']);
      assert.deepEqual(await bench.find('"an oak" -beside'), ['an oak']);
    },
    'contains a post once, even if it is added several times': async (bench) => {
      const posts = await bench.publish('an oak', 'a birch');
      for (let time = 0; time < 3; time++) await bench.index.add(posts);
      assert.deepEqual(await bench.find('oak'), ['an oak']);
      assert.equal((await bench.index.status()).posts, 2);
    },
    'accepts an empty list, a thousand posts, and the same post twice': async (bench) => {
      const posts = await Promise.all(numbers(0, 1000).map((body) => bench.write(body)));
      await bench.index.add([]);
      await bench.index.remove([]);
      await bench.index.add([...posts, ...posts.slice(0, 1)]);
      assert.equal((await bench.index.status()).posts, 1000);
      assert.equal((await bench.search('item', { limit: 1000 })).length, 1000);
      assert.deepEqual(await bench.find('"item 999"'), ['item 999']);
      await bench.index.remove(posts.map(({ id }) => id));
      assert.equal((await bench.index.status()).posts, 0);
      assert.deepEqual(await bench.find('item'), []);
    },
    'ignores the removal of posts that it does not contain': async ({ index, publish, find, write }) => {
      const absent = await write('a ghost');
      await index.remove([absent.id]);
      await publish('an oak');
      await index.remove([absent.id, absent.id]);
      assert.deepEqual(await find('oak or ghost'), ['an oak']);
    },
    'accepts posts that contain no word': async ({ publish, find, index }) => {
      await publish('…', '?!', 'an oak');
      assert.deepEqual(await find('oak'), ['an oak']);
      assert.equal((await index.status()).posts, 3);
    },
    'is empty when cleared, and can be filled again': async (bench) => {
      const posts = await bench.publish('an oak', 'a birch');
      await bench.index.clear();
      assert.deepEqual(await bench.find('oak or birch'), []);
      assert.deepEqual(await bench.index.status().then(({ posts: count }) => count), 0);
      await bench.index.add(posts);
      assert.deepEqual(await bench.find('oak or birch'), ['a birch', 'an oak']);
    },
    'stores its progress': async ({ index, write }) => {
      const expectProgress = async (expected: SearchProgress) => {
        assert.deepEqual((await index.status()).progress, expected);
        assert.deepEqual(await index.progress(), expected);
      };
      await index.clear();
      await expectProgress(noSearchProgress);
      const post = await write('an oak');
      const begun = { complete: false, reached: post.id };
      await index.add([post], begun);
      await expectProgress(begun);
      await index.add([await write('a birch')]);
      await expectProgress(begun);
      await index.add([], { complete: true, reached: post.id });
      await expectProgress({ complete: true, reached: post.id });
      await index.clear();
      await expectProgress(noSearchProgress);
    },
    'accepts several concurrent writers, and loses nothing': async (bench) => {
      const posts = await Promise.all(numbers(0, 120).map((body) => bench.write(body)));
      const [gone, kept] = [posts.slice(0, 40), posts.slice(40)];
      await bench.index.add(gone);
      const { reasons } = await settle([
        ...kept.map((post) => bench.index.add([post])),
        ...kept.map((post) => bench.index.add([post])),
        ...gone.map(({ id }) => bench.index.remove([id])),
        ...kept.map(() => bench.search('item').then(() => {})),
      ]);
      assert.deepEqual(reasons, []);
      assert.deepEqual((await bench.find('item', { limit: 200 })).reverse(), numbers(40, 120));
      assert.equal((await bench.index.status()).posts, 80);
    },
    'may be closed twice': async ({ index }) => {
      await index.close();
      await index.close();
    },
  }),
  ...searchIndexCases(
    'index',
    {
      'has the same content when it is opened again': async (bench) => {
        const [post] = await bench.publish('an oak', 'a birch');
        assert.ok(post);
        await bench.index.add([post], { complete: true, reached: post.id });
        await bench.index.close();
        const again = await opened(bench.tested);
        assert.deepEqual(await bench.find('oak or birch', { index: again }), ['a birch', 'an oak']);
        assert.deepEqual((await again.status()).progress, { complete: true, reached: post.id });
      },
    },
    'kept',
  ),
  ...searchIndexCases(
    'index',
    {
      'has the same content for all that have it open': async (bench) => {
        const other = await opened(bench.tested);
        const [oak] = await bench.publish('an oak');
        assert.ok(oak);
        assert.deepEqual(await bench.find('oak', { index: other }), ['an oak']);
        await other.remove([oak.id]);
        assert.deepEqual(await bench.find('oak'), []);
      },
      'accepts concurrent writers from several open indexes': async (bench) => {
        const other = await opened(bench.tested);
        const posts = await Promise.all(numbers(0, 100).map((body) => bench.write(body)));
        const { reasons } = await settle(
          posts.map((post, number) => (number % 2 === 0 ? bench.index : other).add([post])),
        );
        assert.deepEqual(reasons, []);
        for (const index of [bench.index, other]) {
          assert.equal((await bench.find('item', { index })).length, 100);
        }
      },
    },
    'shared',
  ),
];
