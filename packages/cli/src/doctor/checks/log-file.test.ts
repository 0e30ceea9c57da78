import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'microblog-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the log file', () => {
  it('is fine if it can be written or created, and is not mentioned if none is set', () => {
    writeFileSync(join(folder, 'blog.log'), '');
    for (const path of ['blog.log', 'other.log', 'new/blog.log'])
      expect(checkLogFile(join(folder, path))).toMatchObject([{ verdict: 'ok' }]);
    expect(checkLogFile(undefined)).toEqual([]);
  });

  it('fails if it is a directory, or its directory is not one', () => {
    writeFileSync(join(folder, 'file'), '');
    for (const path of [folder, join(folder, 'file', 'blog.log'), '/dev/null/blog.log'])
      expect(checkLogFile(path)).toMatchObject([
        { check: 'log-file', verdict: 'fail', remedy: expect.stringContaining('LOG_FILE') },
      ]);
  });
});
