/** Milliseconds. A worker that lived this long died of another cause than the one before it. */
const STABLE = 30_000;
const FIRST_DELAY = 100;
const LONGEST_DELAY = 30_000;

/** The wait before a worker is replaced, so that workers that die at once do not take a whole processor. */
export interface BackOff {
  /** Milliseconds to wait after a worker that lived `lifetime` milliseconds: 0 after a long life, doubled after each short one. */
  delayAfter(lifetime: number): number;
}

export function backOff(): BackOff {
  let shortLives = 0;
  return {
    delayAfter(lifetime) {
      if (lifetime >= STABLE) {
        shortLives = 0;
        return 0;
      }
      shortLives++;
      return Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (shortLives - 1));
    },
  };
}
