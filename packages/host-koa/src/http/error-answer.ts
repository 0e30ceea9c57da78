import { isMicroblogError } from '@microblog/core';
import { type HostErrorCode, isKnownCode, type KnownCode, statuses } from '../host-errors.ts';
import type { Operations } from '../operations/operations.ts';
import type { HostContext } from './context.ts';
import { requestFault } from './request-fault.ts';

export interface ErrorAnswer {
  readonly code: KnownCode;
  readonly status: number;
}

/** The answer for a thrown value. Errors of Koa have a status; any other unknown error is a fault of the server. */
export function errorAnswer(thrown: unknown): ErrorAnswer {
  const code = isMicroblogError(thrown) && isKnownCode(thrown.code) ? thrown.code : httpCode(thrown);
  return { code, status: statuses[code] };
}

function httpCode(thrown: unknown): HostErrorCode {
  const status = thrown instanceof Error && 'status' in thrown ? thrown.status : 500;
  return status === 404 || status === 400 ? 'page_not_found' : 'internal';
}

/**
 * In seconds. An unavailable service is usually restarting; crawlers and clients that know the header wait this long.
 */
const USUAL_RETRY_AFTER = 10;

/** Seconds until a retry may succeed, for the header of a 503. */
export function retryAfter(thrown: unknown): string {
  const seconds = isMicroblogError(thrown) ? thrown.details.retryAfterSeconds : undefined;
  return String(seconds ?? USUAL_RETRY_AFTER);
}

/** Logs a fault of the server and reports it. */
export function reportFailure(
  { logger, faults }: Pick<Operations, 'logger' | 'faults'>,
  ctx: HostContext,
  thrown: unknown,
  { code, status }: ErrorAnswer,
): void {
  const { requestId, route } = ctx.state;
  logger.error({ err: thrown, code, requestId, route }, 'request failed');
  faults.report(requestFault(ctx, thrown, status));
}
