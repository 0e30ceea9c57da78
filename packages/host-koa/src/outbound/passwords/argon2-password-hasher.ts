import type { PasswordHasher } from '@microblog/core';
import { hash, verify } from '@node-rs/argon2';

/**
 * OWASP Password Storage Cheat Sheet, first choice: Argon2id with 19 MiB of memory (in KiB here), two
 * passes, one lane. The library's default algorithm is Argon2id.
 */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2 in the PHC string format; the library throws for every other format. */
const form = /^\$argon2(id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{16,}$/;

/** Argon2id on libuv's thread pool, off the event loop. */
export function argon2PasswordHasher(): PasswordHasher {
  return {
    hash: (password) => hash(password, parameters),
    async verify(stored, password) {
      return form.test(stored) && verify(stored, password);
    },
    recognizes: (stored) => stored.startsWith('$argon2'),
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
