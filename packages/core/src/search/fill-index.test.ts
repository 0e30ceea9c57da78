import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import type { PostId } from '../kernel/ids.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import { unrestrictedReader } from '../reading/may-read.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

async function withPosts(count: number) {
  const index = memorySearchIndex();
  const microblog = testMicroblog({}, { search: index });
  const { storage, build, member } = microblog;
  const john = await member('john');
  await storage.transaction(async ({ posts }) => {
    for (let n = 0; n < count; n++) await posts.insert(build.post(john.id, { body: `number ${n}` }));
  });
  const isFound = async (n: number) =>
    (await microblog.search.posts(visitor, { query: `"number ${n}"` })).items.length === 1;
  return { ...microblog, john, index, isFound };
}

describe('search.fill', () => {
  it('adds all posts to the index, and reports the progress', async () => {
    const { search, isFound } = await withPosts(450);
    const reported: number[] = [];
    const progress = await search.fill({ onProgress: (added) => reported.push(added) });
    expect([progress.complete, reported]).toEqual([true, [200, 400, 450]]);
    expect([await isFound(0), await isFound(449)]).toEqual([true, true]);
    expect(await search.status()).toMatchObject({ posts: 450, progress });
  });

  it('begins with the newest post, and continues after it was stopped', async () => {
    const { search, isFound } = await withPosts(450);
    const stop = new AbortController();
    await search.fill({ signal: stop.signal, onProgress: () => stop.abort() });
    expect([await isFound(449), await isFound(250), await isFound(249)]).toEqual([true, true, false]);
    const reported: number[] = [];
    await search.fill({ limit: 1, onProgress: (added) => reported.push(added) });
    expect([await isFound(50), await isFound(49)]).toEqual([true, false]);
    expect(reported).toEqual([200]);
    expect(await search.fill()).toMatchObject({ complete: true });
    expect(await isFound(0)).toBe(true);
  });

  it('does nothing if the index is complete, and fills it again with `again`', async () => {
    const { search, index, storage, john, build } = await withPosts(1);
    await search.fill();
    await storage.posts.insert(build.post(john.id, { body: 'not in the index' }));
    await search.fill();
    expect((await index.status()).posts).toBe(1);
    await search.fill({ again: true });
    expect((await index.status()).posts).toBe(2);
  });

  it('handles posts that are published and deleted meanwhile', async () => {
    const { search, storage, index, john, build, isFound } = await withPosts(450);
    const [oldest] = (
      await storage.posts.listAll(unrestrictedReader, { limit: 200, after: '1' as never })
    ).items.slice(-1);
    const [newest] = (await storage.posts.listAll(unrestrictedReader, { limit: 1 })).items;
    const changes: Promise<unknown>[] = [];
    // As in the service, the storage deletes the post before the index does.
    const remove = async (id: PostId) => {
      await storage.posts.delete(id);
      await index.remove([id]);
    };
    const progress = await search.fill({
      onProgress() {
        if (changes.length > 0) return;
        changes.push(storage.posts.insert(build.post(john.id, { body: 'number 1000' })));
        for (const found of [oldest, newest]) changes.push(remove(found?.post.id as PostId));
      },
    });
    await Promise.all(changes);
    expect(progress.complete).toBe(true);
    expect([await isFound(0), await isFound(449), await isFound(1), await isFound(448)]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('is complete at once if there are no posts', async () => {
    const { search } = await withPosts(0);
    expect(await search.fill()).toEqual({ complete: true, reached: null });
  });
});
