import { type LoggedError, loggedError } from './logged-error.ts';
import { scrubber } from './scrub.ts';

/** For pino's `serializers.err`: errors without user input. Accepts any thrown value. */
export function errorSerializer(thrown: unknown): LoggedError | string {
  return loggedError(thrown, scrubber());
}
