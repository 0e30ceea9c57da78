/** In milliseconds. If a worker lived this long, its death has another cause than the death before. */
const STABLE = 30_000;
const FIRST_DELAY = 100;
const LONGEST_DELAY = 30_000;

/** The pause before a worker is replaced, so that workers that die at once do not occupy a CPU. */
export interface BackOff {
  /**
   * The pause in milliseconds after a worker lived for `lifetime` milliseconds: 0 after a long life, doubled after each
   * short one.
   */
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
