import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDataDirectory } from './data-directory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'microblog-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const check = (dataDirectory: string, ...space: [] | [{ fail: number; warn: number }]) =>
  checkDataDirectory(
    {
      dataDirectory,
      database: { kind: 'embedded', directory: `${dataDirectory}/postgres`, schema: 'microblog' },
    },
    ...space,
  );
const noLimits = { fail: 0, warn: 0 };

describe('the data directory', () => {
  it('is fine if it can be written or created', () => {
    for (const path of [folder, join(folder, 'new', 'data')]) {
      expect(check(path, noLimits).map(({ verdict }) => verdict)).toEqual(['ok', 'ok']);
    }
    expect(check(join(folder, 'new'), noLimits)[0]?.message).toContain('is made at the first start');
  });

  it('fails if it, or the place of it, is not a directory', () => {
    writeFileSync(join(folder, 'file'), '');
    for (const path of [join(folder, 'file'), join(folder, 'file', 'data'), '/dev/null/data']) {
      expect(check(path)).toMatchObject([
        {
          verdict: 'fail',
          message: expect.stringContaining(path),
          remedy: expect.stringContaining('DATA_DIR'),
        },
      ]);
    }
  });

  it('gets a warning if every user may write in it', () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    expect(check(open, noLimits)).toContainEqual(
      expect.objectContaining({ verdict: 'warn', remedy: expect.stringContaining(`chmod o-w ${open}`) }),
    );
  });

  it('gets a warning, and fails, as the disk fills up', () => {
    const all = Number.MAX_SAFE_INTEGER;
    expect(check(folder, { fail: 0, warn: all }).at(-1)).toMatchObject({ verdict: 'warn' });
    expect(check(folder, { fail: all, warn: all }).at(-1)).toMatchObject({
      check: 'data-directory.space',
      verdict: 'fail',
    });
  });
});
