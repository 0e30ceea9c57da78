import type { RequestObserver } from '../../operations/requests/finished-request.ts';
import type { RequestContext } from '../../operations/requests/request-context.ts';
import type { HostMiddleware } from '../context.ts';
import { isReadable } from './readable-target.ts';

/** nginx's status for a client that closed the connection before an answer began. */
const CLIENT_LEFT = 499;

/**
 * Runs the request in its context, and notifies every observer when the response has ended. `routeOf` is called
 * first, so that work before the route is reached counts for the route too.
 */
export function observed(
  routeOf: (method: string, path: string) => string | null,
  context: RequestContext,
  observers: readonly RequestObserver[],
): HostMiddleware {
  return async (ctx, next) => {
    const start = performance.now();
    const { method, state, res } = ctx;
    const { requestId } = state;
    const route = isReadable(ctx) ? routeOf(method, ctx.path) : null;
    state.route = route;
    res.once('close', () => {
      const status = res.headersSent ? res.statusCode : CLIENT_LEFT;
      const request = { requestId, method, route, status, milliseconds: performance.now() - start };
      for (const observe of observers) observe(request);
    });
    await context.run({ requestId, route }, next);
  };
}
