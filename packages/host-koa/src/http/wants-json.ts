import type { HostContext } from './context.ts';

/** Whether the client would rather have data than a page. Who takes anything gets pages. */
export function wantsJson(ctx: HostContext): boolean {
  return ctx.accepts('html', 'json') === 'json';
}
