import type { HostContext, HostMiddleware } from '../context.ts';
import type { RequestObserver } from '../requests/finished-request.ts';
import type { RequestContext } from '../requests/request-context.ts';

/** nginx's status for a client that closed the connection before an answer began. */
const CLIENT_LEFT = 499;

/** Runs the request in its context, and tells every observer when the response has ended. */
export function observed(context: RequestContext, observers: readonly RequestObserver[]): HostMiddleware {
  return async (ctx, next) => {
    const start = performance.now();
    ctx.res.once('close', () => {
      const { method, state, res } = ctx;
      const request = {
        requestId: state.requestId,
        method,
        route: routeOf(ctx),
        status: res.headersSent ? res.statusCode : CLIENT_LEFT,
        milliseconds: performance.now() - start,
      };
      for (const observe of observers) observe(request);
    });
    const facts = {
      requestId: ctx.state.requestId,
      get route() {
        return routeOf(ctx);
      },
    };
    await context.run(facts, next);
  };
}

/** The router sets it when it dispatches. */
export function routeOf(ctx: HostContext): string | null {
  const route: unknown = ctx._matchedRoute;
  return typeof route === 'string' ? route : null;
}
