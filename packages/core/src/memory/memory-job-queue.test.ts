import { afterEach, describe, it } from 'vitest';
import type { JobQueue } from '../ports/job-queue.ts';
import { jobQueueContract } from '../testing/contract/job-queue-contract.ts';
import { manualTime } from '../testing/manual-time.ts';
import { memoryJobQueue } from './memory-job-queue.ts';
import { memoryStorage } from './memory-storage.ts';

describe('memoryJobQueue', () => {
  const opened: JobQueue[] = [];
  afterEach(async () => {
    for (const queue of opened.splice(0)) await queue.stop();
  });
  for (const { name, run } of jobQueueContract) {
    it(name, () =>
      run(async () => {
        const { clock, timer, pass } = manualTime();
        const queue = memoryJobQueue({ clock, timer });
        opened.push(queue);
        return { queue, storage: memoryStorage(), reopen: () => queue, pass: async (ms) => pass(ms) };
      }),
    );
  }
});
