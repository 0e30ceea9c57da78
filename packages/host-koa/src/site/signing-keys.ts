import { createHmac } from 'node:crypto';
import Keygrip from 'keygrip';

/**
 * Keys that sign cookies and links: the first key signs, all of them verify. Each base path has its own keys. So two
 * microblogs with one secret do not accept each other's sessions and links.
 * @throws {Error} for no key, and for a key of fewer than 16 characters.
 */
export function signingKeys(secretKeys: readonly string[], basePath: string): Keygrip {
  if (secretKeys.length === 0 || secretKeys.some((key) => key.length < 16)) {
    throw new Error('secretKeys must have at least one key, of at least 16 characters each.');
  }
  return new Keygrip(
    secretKeys.map((key) => (basePath === '' ? key : keyOf(key, basePath))),
    'sha256',
    'base64url',
  );
}

function keyOf(key: string, basePath: string): string {
  return createHmac('sha256', key).update(`microblog at ${basePath}`).digest('base64url');
}
