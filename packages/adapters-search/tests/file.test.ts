import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchIndex } from '@microblog/core';
import { searchIndexContract } from '@microblog/core/testing';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { fileSearchIndex } from '../src/index.ts';

describe('fileSearchIndex', () => {
  let directory = '';
  let files = 0;
  const opened: SearchIndex[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'search-'));
  });
  afterEach(async () => {
    for (const index of opened.splice(0)) await index.close();
  });
  afterAll(() => rm(directory, { recursive: true }));

  for (const { name, run } of searchIndexContract({ kept: true, shared: true, steady: true })) {
    it(name, () =>
      run(async () => {
        const file = join(directory, String(++files), 'search.db');
        const open = async () => {
          const index = fileSearchIndex({ file });
          opened.push(index);
          return index;
        };
        return { index: await open(), another: open };
      }),
    );
  }
});
