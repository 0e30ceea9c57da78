import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSecretKey } from './secret-key.ts';

const KEY = 'bWljcm9ibG9nIGlzIGEgbWljcm9ibG9n';
let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'microblog-doctor-'));
});
afterEach(() => rmSync(dataDirectory, { recursive: true }));

const kept = (text: string, mode: number) => {
  writeFileSync(join(dataDirectory, 'secret-key'), text);
  chmodSync(join(dataDirectory, 'secret-key'), mode);
  return checkSecretKey({ secretKeys: [], dataDirectory });
};

describe('the secret key', () => {
  it('is fine if it is set, kept in private, or still to be made', () => {
    expect(
      checkSecretKey({ secretKeys: [KEY, 'an older one with some length'], dataDirectory }),
    ).toMatchObject({
      verdict: 'ok',
    });
    expect(checkSecretKey({ secretKeys: [], dataDirectory })).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining('first start'),
    });
    expect(kept(KEY, 0o600)).toMatchObject({ verdict: 'ok' });
  });

  it('fails if others may read it, if it is cut short, and if it cannot be read', () => {
    const readable = kept(KEY, 0o644);
    expect(readable).toMatchObject({ verdict: 'fail', remedy: expect.stringContaining('chmod 600') });
    expect(kept('cut', 0o600)).toMatchObject({ verdict: 'fail', message: expect.stringContaining('short') });
    rmSync(join(dataDirectory, 'secret-key'));
    mkdirSync(join(dataDirectory, 'secret-key'));
    expect(checkSecretKey({ secretKeys: [], dataDirectory })).toMatchObject({ verdict: 'fail' });
  });

  it('gets a warning if it is easy to guess, and is never shown', () => {
    const finding = checkSecretKey({ secretKeys: ['aaaabbbbaaaabbbb'], dataDirectory });
    expect(finding.verdict).toBe('warn');
    for (const shown of [finding, kept(KEY, 0o644)])
      expect(JSON.stringify(shown)).not.toMatch(/aaaabbbb|bWljcm9/);
  });
});
