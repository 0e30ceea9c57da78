import type { Logger } from '@microblog/core';
import type { HostMiddleware } from '../context.ts';

/**
 * One line a response: method, route pattern, status, duration. The address itself is left out: it may
 * hold what people typed.
 */
export function requestLog(logger: Logger): HostMiddleware {
  return async (ctx, next) => {
    const start = performance.now();
    ctx.res.once('close', () => {
      const { method, status, state } = ctx;
      const route: unknown = ctx._matchedRoute;
      const milliseconds = Math.round((performance.now() - start) * 10) / 10;
      logger.info(
        { requestId: state.requestId, method, route: route ?? null, status, milliseconds },
        'request',
      );
    });
    await next();
  };
}
