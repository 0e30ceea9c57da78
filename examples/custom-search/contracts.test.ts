import { memoryJobQueue, memorySearchIndex, memoryStorage } from '@microblog/core';
import {
  archiveContract,
  jobQueueContract,
  manualTime,
  searchIndexContract,
  storageContract,
} from '@microblog/core/testing';
import { describe, it } from 'vitest';

describe('my storage', () => {
  for (const { name, run } of [...storageContract, ...archiveContract]) {
    it(name, () => run(async () => memoryStorage()));
  }
});

describe('my job queue', () => {
  for (const { name, run } of jobQueueContract) {
    it(name, () =>
      run(async () => {
        const { clock, timer, pass } = manualTime();
        const queue = memoryJobQueue({ clock, timer });
        const storage = memoryStorage();
        return { queue, storage, reopen: () => queue, pass: async (milliseconds) => pass(milliseconds) };
      }),
    );
  }
});

describe('my search index', () => {
  for (const { name, run } of searchIndexContract({ steady: true })) {
    it(name, () => run(async () => ({ index: memorySearchIndex() })));
  }
});
