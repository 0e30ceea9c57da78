import type { HostMiddleware } from '../context.ts';

/** Refuses an invalid request target (`GET http://[/`) before other code reads it. */
export const readableTarget: HostMiddleware = async (ctx, next) => {
  if (isReadable(ctx)) return next();
  ctx.status = 400;
  ctx.body = 'Bad request: the address cannot be read.';
};

/** True if `path` and `search` can be read without an error. */
export function isReadable(ctx: { readonly path: string; readonly search: string }): boolean {
  try {
    return ctx.path.startsWith('/') && ctx.search !== undefined;
  } catch {
    return false;
  }
}
