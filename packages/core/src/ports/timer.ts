/** Calls `act` once, when `milliseconds` have passed. What it returns calls it off; too late, it does nothing. */
export type Timer = (milliseconds: number, act: () => void) => () => void;

/** Beyond this, `setTimeout` fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Does not keep the process alive. A wait of more than 24 days ends early: look again at what it was for. */
export const systemTimer: Timer = (milliseconds, act) => {
  const timeout = setTimeout(act, Math.min(milliseconds, LONGEST_MS));
  // Elsewhere than in Node.js it is a number, and keeps nothing alive.
  Object(timeout).unref?.();
  return () => clearTimeout(timeout);
};
