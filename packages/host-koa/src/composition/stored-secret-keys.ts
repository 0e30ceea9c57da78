import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDirectory } from '@microblog/adapters-postgres';
import { isMicroblogError, MicroblogError } from '@microblog/core';

/**
 * The secret key in `directory/secret-key`, mode 0600. It is created at the first start, so that sessions outlive a
 * restart. If two processes create it at the same time, one wins and both use its key.
 * @throws {MicroblogError} `storage_unwritable`.
 */
export function storedSecretKeys(directory: string): readonly string[] {
  const file = join(directory, 'secret-key');
  try {
    prepareDirectory(directory);
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (isMicroblogError(error)) throw error;
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      throw new MicroblogError(
        'storage_unwritable',
        `Cannot keep a secret key in ${file}: make the directory writable, or set DATA_DIR or SECRET_KEY.`,
        { details: { path: file }, cause: error },
      );
    }
  }
  return [readFileSync(file, 'utf8').trim()];
}
