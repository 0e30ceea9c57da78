import type { UserId } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { signingKeys } from '../../site/signing-keys.ts';
import { unsubscribeTokens } from './unsubscribe-token.ts';

const keys = signingKeys(['a secret key for tests alone'], '');
const token = unsubscribeTokens(keys).issue('42' as UserId);

describe('a token that ends mails', () => {
  it('names its user', () => {
    expect(unsubscribeTokens(keys).userOf(token)).toBe('42');
  });

  it('holds when keys are rotated', () => {
    expect(
      unsubscribeTokens(signingKeys(['a newer secret key', 'a secret key for tests alone'], '')).userOf(
        token,
      ),
    ).toBe('42');
  });

  it.each(['', '42', '42.', `43.${token.split('.')[1]}`, `${token}x`, `${token}.x`, `x${token}`, '.', 'é.ü'])(
    'is not %j',
    (forged) => {
      expect(unsubscribeTokens(keys).userOf(forged)).toBeNull();
    },
  );

  it('is nothing to another key', () => {
    expect(unsubscribeTokens(signingKeys(['another secret key'], '')).userOf(token)).toBeNull();
  });

  it('is nothing to a microblog with the same key at another base path', () => {
    expect(
      unsubscribeTokens(signingKeys(['a secret key for tests alone'], '/blog')).userOf(token),
    ).toBeNull();
  });
});
