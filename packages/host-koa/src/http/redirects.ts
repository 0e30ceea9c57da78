import type { HostContext } from './context.ts';

/** After a form: the browser requests `location` with GET (RFC 9110, section 15.4.4). */
export function seeOther(ctx: HostContext, location: string): void {
  ctx.redirect(location);
  ctx.status = 303;
}
