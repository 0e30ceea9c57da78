import { describe, expect, it } from 'vitest';
import { visitor } from '../accounts/viewer.ts';
import { memoryJobQueue } from '../memory/memory-job-queue.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import { rejectsWith } from '../testing/contract/contract-case.ts';
import { until } from '../testing/contract/job-queue-case.ts';
import { searchableMicroblog } from '../testing/searchable-microblog.ts';
import { testMicroblog } from '../testing/test-microblog.ts';

describe('the search index', () => {
  async function running() {
    const microblog = await searchableMicroblog();
    await microblog.jobs.start(microblog.jobHandlers);
    const holds = (posts: number) => until(async () => (await microblog.index.status()).posts === posts);
    return { ...microblog, holds, stop: () => microblog.jobs.stop() };
  }

  it('is updated by jobs after posts are published and deleted', async () => {
    const { posts, john, search, holds, stop } = await running();
    const post = await posts.publish(john, { body: 'a word' });
    await holds(1);
    expect((await search.posts(visitor, { query: 'word' })).items).toHaveLength(1);
    await posts.delete(john, post.id);
    await holds(0);
    await stop();
  });

  it('gets no job for a refused change', async () => {
    const { posts, john, jobs, member } = await searchableMicroblog();
    await rejectsWith(posts.publish({ ...john, id: '7' as typeof john.id }, { body: 'a' }), 'user_not_found');
    const post = await posts.publish(john, { body: 'a' });
    await rejectsWith(posts.delete(await member('mary'), post.id), 'forbidden');
    expect((await jobs.statistics()).waiting).toBe(1);
  });

  it('contains no post that was deleted before its job ran, in any order of the jobs', async () => {
    const { posts, john, index, jobHandlers } = await searchableMicroblog();
    const post = await posts.publish(john, { body: 'a word' });
    await posts.delete(john, post.id);
    await jobHandlers['search.remove']?.({ postId: post.id });
    await jobHandlers['search.index']?.({ postId: post.id });
    expect((await index.status()).posts).toBe(0);
  });

  it('gets no jobs if search is off or the storage updates the index', async () => {
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

  it('is filled by one series of jobs if it is incomplete', async () => {
    const { storage, build, john, search, jobs, jobHandlers, index, logged } = await searchableMicroblog();
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

  it('is filled when the microblog starts, with posts from before there was an index', async () => {
    const { storage, build, john, start, stop, index, search, clock } = await searchableMicroblog();
    await storage.posts.insert(build.post(john.id, { body: 'from before' }));
    await start();
    await until(async () => (await search.status()).progress.complete);
    expect((await search.posts(visitor, { query: 'before' })).items).toHaveLength(1);
    await stop();
    clock.advance(1);
    await storage.posts.insert(build.post(john.id, { body: 'not in the index' }));
    await start();
    await until(async () => (await index.status()).posts === 2);
    await stop();
  });

  it('is filled again after it was cleared', async () => {
    const { search, jobs, jobHandlers, publish, index } = await searchableMicroblog();
    await publish('a word');
    await search.clear();
    expect((await index.status()).posts).toBe(0);
    await jobs.start(jobHandlers);
    await until(async () => (await search.status()).progress.complete);
    await jobs.stop();
    expect((await index.status()).posts).toBe(1);
  });

  it('gets the newest posts again after a start', async () => {
    const { search, storage, build, john, index } = await searchableMicroblog();
    await search.fill();
    await storage.posts.insert(build.post(john.id));
    await search.keepFilled();
    expect((await index.status()).posts).toBe(0);
    await search.keepFilled({ afterStart: true });
    expect((await index.status()).posts).toBe(1);
  });
});

describe('search.lag', () => {
  it('counts the newest posts that are missing in the index, and the seconds since the oldest of them', async () => {
    const { search, storage, build, john, publish, clock } = await searchableMicroblog();
    await publish('a word');
    expect(await search.lag()).toEqual({ posts: 0, seconds: 0 });
    const late = build.post(john.id);
    await storage.posts.insert(late);
    clock.advance(late.createdAt.getTime() + 3_000 - clock.now().getTime());
    expect(await search.lag()).toEqual({ posts: 1, seconds: 3 });
  });
});
