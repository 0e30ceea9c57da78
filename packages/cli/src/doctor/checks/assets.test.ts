import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkAssets } from './assets.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'microblog-doctor-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the assets', () => {
  it('are fine if every file of the manifest exists', () => {
    writeFileSync(join(directory, 'manifest.json'), '{"app.css":"app-1.css"}');
    writeFileSync(join(directory, 'app-1.css'), '');
    expect(checkAssets(directory)).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining('1 asset'),
    });
  });

  it('fail if they were not built or a file is missing, with the command that builds them', () => {
    const remedy = expect.stringContaining('pnpm@12 build');
    expect(checkAssets(directory)).toMatchObject({ verdict: 'fail', remedy });
    writeFileSync(join(directory, 'manifest.json'), '{"app.css":"app-1.css"}');
    expect(checkAssets(directory)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('app-1.css'),
      remedy,
    });
  });
});
