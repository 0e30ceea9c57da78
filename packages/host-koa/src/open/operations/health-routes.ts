import type { HostMiddleware } from '../../http/context.ts';
import type { Readiness } from '../../operations/health/readiness.ts';

/** For those who start, watch and route to processes. Asked often and by anybody, so they tell next to nothing. */
export function healthRoutes(readiness: Readiness): { alive: HostMiddleware; ready: HostMiddleware } {
  return {
    async alive(ctx) {
      ctx.set('Cache-Control', 'no-store');
      ctx.body = { status: 'alive' };
    },

    async ready(ctx) {
      const reason = await readiness.reason();
      ctx.set('Cache-Control', 'no-store');
      ctx.status = reason === null ? 200 : 503;
      ctx.body = reason === null ? { status: 'ready' } : { status: 'not ready', reason };
    },
  };
}
