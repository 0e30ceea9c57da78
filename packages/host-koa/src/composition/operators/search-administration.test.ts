import {
  createMicroblog,
  memorySearchIndex,
  memoryStorage,
  type SearchIndex,
  silentLogger,
} from '@microblog/core';
import { builders } from '@microblog/core/testing';
import { describe, expect, it } from 'vitest';
import { searchAdministration } from './search-administration.ts';

/** 3,000 posts, and an index without them. `change` wraps the index. */
async function unindexed(change: (index: SearchIndex) => SearchIndex = (index) => index) {
  const storage = memoryStorage();
  const build = builders();
  const author = await storage.users.insert(build.user());
  for (let number = 0; number < 3_000; number++) await storage.posts.insert(build.post(author.id));
  const index = memorySearchIndex();
  const { search } = createMicroblog({ storage, search: change(index), logger: silentLogger });
  return { index, search, administration: searchAdministration({ storage, search }) };
}

describe('searchIndex.status', () => {
  it('reports what the index contains and what it lacks', async () => {
    const { administration } = await unindexed();
    expect(await administration.status()).toMatchObject({
      posts: 0,
      progress: { complete: false },
      lag: { posts: 200 },
    });
    await administration.reindex();
    expect(await administration.status()).toMatchObject({
      posts: 3_000,
      progress: { complete: true },
      lag: { posts: 0 },
    });
  });

  it('is refused if search is off', async () => {
    const storage = memoryStorage();
    const { search } = createMicroblog({ storage });
    const administration = searchAdministration({ storage, search });
    await expect(administration.status()).rejects.toMatchObject({ code: 'search_off' });
    await expect(administration.reindex()).rejects.toMatchObject({ code: 'search_off' });
  });
});

describe('searchIndex.reindex', () => {
  it('reports its progress every 200 posts', async () => {
    const { administration } = await unindexed();
    const reported: string[] = [];
    const { done, posts } = await administration.reindex({
      onProgress: (progress) => void reported.push(`${progress.done}/${progress.total}`),
    });
    expect([done, posts]).toEqual([3_000, 3_000]);
    expect(reported).toEqual(Array.from({ length: 16 }, (_, n) => `${n * 200}/3000`));
  });

  it('stops when its signal aborts, and the next call continues there', async () => {
    const leaving = new AbortController();
    let adds = 0;
    const { index, administration } = await unindexed((whole) => ({
      ...whole,
      async add(...added) {
        if (++adds === 3) leaving.abort();
        return whole.add(...added);
      },
    }));
    expect(await administration.reindex({ signal: leaving.signal })).toEqual({ done: 600, posts: 600 });
    expect((await index.status()).posts).toBe(600);
    expect(await administration.reindex()).toEqual({ done: 2_400, posts: 3_000 });
  });

  it('starts with the newest post if `restart` is true', async () => {
    const { search, administration } = await unindexed();
    await search.fill({ limit: 200 });
    expect((await administration.reindex({ restart: true })).done).toBe(3_000);
  });

  it('starts with the newest post if the index is complete', async () => {
    const { administration } = await unindexed();
    await administration.reindex();
    expect((await administration.reindex()).done).toBe(3_000);
  });
});
