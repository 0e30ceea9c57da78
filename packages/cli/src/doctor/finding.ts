import { isMicroblogError } from '@microblog/core';
import { describeError } from '../describe-error.ts';

/** `warn`: works, but not as well or as safely as it should. `fail`: does not work. */
export type Verdict = 'ok' | 'warn' | 'fail';

/** The result of a check. */
export interface Finding {
  /** The name of the check, for programs, such as `database.migrations`. Never renamed. */
  readonly check: string;
  readonly verdict: Verdict;
  /** One sentence, without secrets. */
  readonly message: string;
  /** How to fix it; null if nothing is wrong. */
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

/** The finding for an error that a check caught. */
export function failure(check: string, error: unknown, remedy = 'Fix it and run doctor again.'): Finding {
  if (isMicroblogError(error) && typeof error.details.remedy === 'string') {
    return fail(check, error.message.replace(` ${error.details.remedy}`, ''), error.details.remedy);
  }
  return fail(check, describeError(error), remedy);
}
