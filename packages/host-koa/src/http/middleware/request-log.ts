import type { Logger } from '@microblog/core';
import type { RequestObserver } from '../../operations/requests/finished-request.ts';

/**
 * One line a response: method, route pattern, status, duration. The address is left out: it may contain what people
 * typed.
 */
export function requestLog(logger: Logger): RequestObserver {
  return ({ requestId, method, route, status, milliseconds }) =>
    logger.info(
      { requestId, method, route, status, milliseconds: Math.round(milliseconds * 10) / 10 },
      'request',
    );
}
