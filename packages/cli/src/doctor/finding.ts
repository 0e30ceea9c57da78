import { isMicroblogError } from '@microblog/core';
import { describeError } from '../describe-error.ts';

/** `warn`: it works, but not as well or as safely as it should. `fail`: something does not work. */
export type Verdict = 'ok' | 'warn' | 'fail';

/** What a check found out about one thing. */
export interface Finding {
  /** What was looked at: stable, for programs, such as `database.migrations`. */
  readonly check: string;
  readonly verdict: Verdict;
  /** One sentence, without secrets. */
  readonly message: string;
  /** What to do about it; null where all is well. */
  readonly remedy: string | null;
}

export function ok(check: string, message: string): Finding {
  return { check, verdict: 'ok', message, remedy: null };
}

export function warn(check: string, message: string, remedy: string): Finding {
  return { check, verdict: 'warn', message, remedy };
}

export function fail(check: string, message: string, remedy: string): Finding {
  return { check, verdict: 'fail', message, remedy };
}

/** A check that could not be made, or whose subject threw. */
export function failure(check: string, error: unknown, remedy = 'Mend it, and examine again.'): Finding {
  if (isMicroblogError(error) && typeof error.details.remedy === 'string') {
    return fail(check, error.message.replace(` ${error.details.remedy}`, ''), error.details.remedy);
  }
  return fail(check, describeError(error), remedy);
}
