import { describe, it } from 'vitest';
import { searchIndexContract } from '../testing/contract/search-index-contract.ts';
import { memorySearchIndex } from './memory-search-index.ts';

describe('memorySearchIndex', () => {
  for (const { name, run } of searchIndexContract({ steady: true })) {
    it(name, () => run(async () => ({ index: memorySearchIndex() })));
  }
});
