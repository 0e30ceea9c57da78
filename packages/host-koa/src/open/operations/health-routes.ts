import type { HostContext } from '../../http/context.ts';
import type { Readiness } from '../../operations/health/readiness.ts';

/**
 * Requested often by process managers, monitors and load balancers. Open to everybody, so the answers say very
 * little.
 */
export function healthRoutes(readiness: Readiness) {
  return {
    async alive(ctx: HostContext): Promise<void> {
      ctx.set('Cache-Control', 'no-store');
      ctx.body = { status: 'alive' };
    },

    async ready(ctx: HostContext): Promise<void> {
      const reason = await readiness.reason();
      ctx.set('Cache-Control', 'no-store');
      ctx.status = reason === null ? 200 : 503;
      ctx.body = reason === null ? { status: 'ready' } : { status: 'not ready', reason };
    },
  };
}
