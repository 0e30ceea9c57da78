import { memoryJobQueue } from '../memory/memory-job-queue.ts';
import { memorySearchIndex } from '../memory/memory-search-index.ts';
import type { SearchIndex } from '../ports/search-index.ts';
import { testMicroblog } from './test-microblog.ts';

/** A microblog with an index in memory, and a member who writes. */
export async function searchableMicroblog(options = {}, index: SearchIndex = memorySearchIndex()) {
  const microblog = testMicroblog(options, { search: index, jobs: memoryJobQueue() });
  const { posts, clock, storage } = microblog;
  const john = await microblog.member('john');
  return {
    ...microblog,
    index,
    john,
    /** Publishes posts one millisecond apart, and adds them to the index. */
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
