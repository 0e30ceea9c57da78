/** A worker that lived this long died of something new. */
const STABLE = 30_000;
const FIRST_DELAY = 100;
const LONGEST_DELAY = 30_000;

/** How long to wait before a worker is replaced, so that one that can't live does not cost a processor. */
export interface BackOff {
  /** Milliseconds to wait after a life of that many: none after a long one, doubling while lives are short. */
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
