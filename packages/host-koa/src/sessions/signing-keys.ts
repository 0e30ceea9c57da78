import Keygrip from 'keygrip';

/**
 * What signs cookies and links: the first key signs, all of them verify.
 * @throws {Error} for no key, and for one of fewer than 16 characters.
 */
export function signingKeys(secretKeys: readonly string[]): Keygrip {
  if (secretKeys.length === 0 || secretKeys.some((key) => key.length < 16)) {
    throw new Error('There must be secretKeys: at least one, of at least 16 characters each.');
  }
  return new Keygrip([...secretKeys], 'sha256', 'base64url');
}
