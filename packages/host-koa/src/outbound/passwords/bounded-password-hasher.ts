import { availableParallelism } from 'node:os';
import type { PasswordHasher } from '@microblog/core';
import { boundedWork, type WorkBounds } from '../../operations/bounded-work.ts';

/** One processor is left for pages. A hash takes some 30 ms, so that the last one in the line waits about a second. */
function usualBounds(): WorkBounds {
  const atOnce = Math.max(1, availableParallelism() - 1);
  return { atOnce, waiting: 32 * atOnce };
}

/**
 * Hashes a few passwords at a time, so that many sign-ins at once do not slow down all pages.
 * @throws `too_busy` if the line is full.
 */
export function boundedPasswordHasher(
  hasher: PasswordHasher,
  bounds: WorkBounds = usualBounds(),
): PasswordHasher {
  const bounded = boundedWork(bounds);
  return {
    hash: (password) => bounded(() => hasher.hash(password)),
    verify: (stored, password) => bounded(() => hasher.verify(stored, password)),
    recognizes: (stored) => hasher.recognizes(stored),
    needsRehash: (stored) => hasher.needsRehash(stored),
  };
}
