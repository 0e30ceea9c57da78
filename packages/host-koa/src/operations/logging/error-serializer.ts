import { type LoggedError, loggedError } from './logged-error.ts';
import { scrubber } from './scrub.ts';

/** For pino's `serializers.err`: errors without what people sent. Takes whatever was thrown. */
export function errorSerializer(thrown: unknown): LoggedError | string {
  return loggedError(thrown, scrubber());
}
