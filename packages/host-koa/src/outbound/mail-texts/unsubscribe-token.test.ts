import type { UserId } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { signingKeys } from '../../site/signing-keys.ts';
import { unsubscribeToken, unsubscribingUser } from './unsubscribe-token.ts';

const keys = signingKeys(['a secret key for tests alone'], '');
const token = unsubscribeToken(keys, '42' as UserId);

describe('a token that ends mails', () => {
  it('says whose', () => {
    expect(unsubscribingUser(keys, token)).toBe('42');
  });

  it('holds when keys are rotated', () => {
    expect(
      unsubscribingUser(signingKeys(['a newer secret key', 'a secret key for tests alone'], ''), token),
    ).toBe('42');
  });

  it.each(['', '42', '42.', `43.${token.split('.')[1]}`, `${token}x`, `${token}.x`, `x${token}`, '.', 'é.ü'])(
    'is not %j',
    (forged) => {
      expect(unsubscribingUser(keys, forged)).toBeNull();
    },
  );

  it('is nothing to another key', () => {
    expect(unsubscribingUser(signingKeys(['another secret key'], ''), token)).toBeNull();
  });

  it('is nothing to a microblog with the same key at another base path', () => {
    expect(unsubscribingUser(signingKeys(['a secret key for tests alone'], '/blog'), token)).toBeNull();
  });
});
