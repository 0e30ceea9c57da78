import { searchIndexContract } from '@microblog/core/testing';
import { describe, it } from 'vitest';
import { miniSearchIndex } from './mini-search-index.js';

describe('miniSearchIndex', () => {
  for (const { name, run } of searchIndexContract()) {
    it(name, () => run(async () => ({ index: miniSearchIndex() })));
  }
});
