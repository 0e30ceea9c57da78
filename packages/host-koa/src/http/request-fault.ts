import type { Fault } from '../operations/faults/fault-reporter.ts';
import type { HostContext } from './context.ts';

/** A request that failed. It names the route pattern, because the address may contain what people typed. */
export function requestFault(ctx: HostContext, error: unknown, status: number): Fault {
  const { requestId, route } = ctx.state;
  return { error, where: `${ctx.method} ${route ?? '(no route)'}`, status, requestId };
}
