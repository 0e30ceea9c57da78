import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveContract, storageContract } from '@microblog/core/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { jsonFileStorage } from './json-file-storage.js';

describe('jsonFileStorage', () => {
  let directory = '';
  let files = 0;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'json-file-storage-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  for (const { name, run } of [...storageContract, ...archiveContract]) {
    it(name, () => run(() => jsonFileStorage(join(directory, `${++files}.jsonl`))));
  }
});
