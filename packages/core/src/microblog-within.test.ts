import { describe, expect, it } from 'vitest';
import { memorySearchIndex } from './memory/memory-search-index.ts';
import { memoryStorage } from './memory/memory-storage.ts';
import { createMicroblog } from './microblog.ts';
import type { Storage } from './ports/storage.ts';
import { rejectsWith } from './testing/contract/contract-case.ts';
import { until } from './testing/contract/job-queue-case.ts';
import { testMicroblog } from './testing/test-microblog.ts';

/** A storage that joins a caller's transaction: work after the commit waits for `commit`. */
function joinedTo(storage: Storage) {
  const acts: (() => void)[] = [];
  const joined: Storage = {
    ...storage,
    transaction: (work) =>
      storage.transaction((transaction) =>
        work({ ...transaction, afterCommit: (act) => void acts.push(act) }),
      ),
  };
  return {
    joined,
    commit: () => {
      for (const act of acts.splice(0)) act();
    },
  };
}

describe('a microblog in a transaction of the caller', () => {
  it('notifies the same subscribers, after the commit', async () => {
    const storage = memoryStorage();
    const { within, on, member, jobs } = testMicroblog({}, { storage });
    const notified: string[] = [];
    on('post.published', ({ postId }) => notified.push(postId));
    const ada = await member('ada');
    const { joined, commit } = joinedTo(storage);
    const post = await within(joined).posts.publish(ada, { body: 'with an order' });
    expect(await jobs.statistics()).toMatchObject({ waiting: 0, running: 0 });
    expect(notified).toEqual([]);
    commit();
    await until(async () => notified.length > 0);
    expect(notified).toEqual([post.id]);
  });

  it('updates the same search index, after the commit', async () => {
    const storage = memoryStorage();
    const search = memorySearchIndex();
    const { within, member } = testMicroblog({}, { storage, search });
    const ada = await member('ada');
    const { joined, commit } = joinedTo(storage);
    await within(joined).posts.publish(ada, { body: 'with an order' });
    commit();
    await until(async () => (await search.status()).posts === 1);
  });

  it('has the same rules', async () => {
    const { within, member } = testMicroblog({ postMaxLength: 3 });
    const ada = await member('ada');
    await rejectsWith(within(memoryStorage()).posts.publish(ada, { body: 'long' }), 'invalid_input');
  });

  it('enqueues jobs through `within` of the queue', async () => {
    const storage = memoryStorage();
    const names: string[] = [];
    const queue = testMicroblog().jobs;
    const jobs = {
      ...queue,
      within: (other: Storage) => {
        expect(other).not.toBe(storage);
        return { enqueue: async (all: object) => void names.push(JSON.stringify(all)) };
      },
    };
    const microblog = createMicroblog({ storage, jobs });
    microblog.on('post.published', () => {}, { subscriber: 'shop' });
    const { member } = testMicroblog({}, { storage });
    const ada = await member('ada');
    await microblog.within(joinedTo(storage).joined).posts.publish(ada, { body: 'one' });
    expect(names).toEqual([expect.stringContaining('event.post.published.shop')]);
  });
});
