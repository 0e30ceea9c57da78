import { cheapPasswordHasher } from '@microblog/core/testing';
import { describe, expect, it } from 'vitest';
import { boundedPasswordHasher } from './bounded-password-hasher.ts';

describe('boundedPasswordHasher', () => {
  it('hashes and verifies as the hasher does', async () => {
    const hasher = boundedPasswordHasher(cheapPasswordHasher());
    const hash = await hasher.hash('secret');
    expect(await hasher.verify(hash, 'secret')).toBe(true);
    expect(await hasher.verify(hash, 'other')).toBe(false);
    expect(hasher.recognizes(hash)).toBe(true);
    expect(hasher.needsRehash(hash)).toBe(false);
  });

  it('hashes a few at a time, and refuses what finds the line full', async () => {
    let running = 0;
    let most = 0;
    const hasher = cheapPasswordHasher();
    const watched = {
      ...hasher,
      async hash(password: string) {
        most = Math.max(most, ++running);
        const hash = await hasher.hash(password);
        running--;
        return hash;
      },
    };
    const bounded = boundedPasswordHasher(watched, { atOnce: 2, waiting: 3 });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => bounded.hash('secret')));
    expect(results.map(({ status }) => status)).toEqual([
      ...Array(5).fill('fulfilled'),
      ...Array(3).fill('rejected'),
    ]);
    expect(results.at(-1)).toMatchObject({ reason: { code: 'too_busy' } });
    expect(most).toBe(2);
  });
});
