import type { HostContext } from './context.ts';

/** True if the client prefers JSON to HTML. A client that accepts anything gets pages. */
export function wantsJson(ctx: HostContext): boolean {
  return ctx.accepts('html', 'json') === 'json';
}
