export const DONE = 0;
export const FAILED = 1;
export const BAD_USAGE = 2;

/** The command was called with wrong arguments, or in an environment in which it cannot work. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
