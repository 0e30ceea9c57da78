/** Calls `callback` once after `milliseconds`. Returns a function that cancels the call; it does nothing afterwards. */
export type Timer = (milliseconds: number, callback: () => void) => () => void;

/** For longer waits, `setTimeout` fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Does not keep the process alive. Waits of more than 24 days fire early, so the caller must check the time again. */
export const systemTimer: Timer = (milliseconds, callback) => {
  const timeout = setTimeout(callback, Math.min(milliseconds, LONGEST_MS));
  // Outside Node.js the timeout is a number and keeps nothing alive.
  Object(timeout).unref?.();
  return () => clearTimeout(timeout);
};
