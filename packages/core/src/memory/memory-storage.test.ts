import { describe, it } from 'vitest';
import { silentLogger } from '../ports/logger.ts';
import { archiveContract } from '../testing/contract/archive-cases.ts';
import { storageContract } from '../testing/contract/storage-contract.ts';
import { memoryStorage } from './memory-storage.ts';

describe('memoryStorage', () => {
  for (const { name, run } of [...storageContract, ...archiveContract]) {
    it(name, () => run(async () => memoryStorage({ logger: silentLogger })));
  }
});
