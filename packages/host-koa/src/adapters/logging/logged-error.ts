import { isMicroblogError } from '@microblog/core';
import { stdSerializers } from 'pino';
import type { Scrub } from './scrub.ts';

/** What a log line, or a mail, tells of an error. */
export interface LoggedError {
  readonly type: string;
  /** With the messages of its causes. */
  readonly message: string;
  /** With the stacks of its causes. */
  readonly stack: string;
  readonly code?: string | number;
  readonly details?: unknown;
}

/**
 * An error as a log may have it: these properties and no other, since drivers hang statements, parameters and
 * rows on their errors; scrubbed. What is no error is logged as a text.
 */
export function loggedError(thrown: unknown, scrub: Scrub): LoggedError | string {
  if (!(thrown instanceof Error)) return scrub(String(thrown));
  const { type, message, stack } = stdSerializers.err(thrown);
  const code = 'code' in thrown ? thrown.code : undefined;
  return {
    type,
    message: scrub(message),
    stack: scrub(stack),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(isMicroblogError(thrown) ? detailsOf(thrown.details, scrub) : {}),
  };
}

function detailsOf(details: object, scrub: Scrub): { details?: unknown } {
  if (Object.keys(details).length === 0) return {};
  try {
    return { details: JSON.parse(scrub(JSON.stringify(details))) };
  } catch {
    // Something in it is no JSON; the rest of the error says enough.
    return {};
  }
}
