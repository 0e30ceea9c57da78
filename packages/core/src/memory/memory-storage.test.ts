import { describe, it } from 'vitest';
import { storageContract } from '../testing/contract/storage-contract.ts';
import { memoryStorage } from './memory-storage.ts';

describe('memoryStorage', () => {
  for (const { name, run } of storageContract) it(name, () => run(async () => memoryStorage()));
});
