export const DONE = 0;
export const FAILED = 1;
export const BAD_USAGE = 2;
/** The user interrupted the command: 128 and the number of SIGINT, as shells report it. */
export const INTERRUPTED = 130;

/** The command was called with wrong arguments, or in an environment in which it cannot work. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The user interrupted the command. The message says what remains of its work. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
