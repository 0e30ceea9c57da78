import type { PasswordHasher } from '@microblog/core';
import { hash, verify } from '@node-rs/argon2';

/**
 * OWASP Password Storage Cheat Sheet, first choice: Argon2id with 19 MiB of memory (in KiB here), two
 * passes, one lane. The library's default algorithm is Argon2id.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2id on libuv's thread pool, off the event loop. */
export function argon2PasswordHasher(): PasswordHasher {
  return {
    hash: (password) => hash(password, parameters),
    async verify(stored, password) {
      return stored.startsWith('$argon2') && verify(stored, password);
    },
    needsRehash(stored) {
      const made = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(stored);
      if (made === null) return true;
      const [memoryCost, timeCost, parallelism] = made.slice(1).map(Number);
      return (
        memoryCost !== parameters.memoryCost ||
        timeCost !== parameters.timeCost ||
        parallelism !== parameters.parallelism
      );
    },
  };
}
