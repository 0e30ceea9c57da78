import type { HostMiddleware } from '../context.ts';

/** Refuses a request target that is no address (`GET http://[/`) before anything tries to read it. */
export const readableTarget: HostMiddleware = async (ctx, next) => {
  if (isReadable(ctx)) return next();
  ctx.status = 400;
  ctx.body = 'Bad request: the address cannot be read.';
};

/** Whether `path` and `search` may be asked for. */
export function isReadable(ctx: { readonly path: string; readonly search: string }): boolean {
  try {
    return ctx.path.startsWith('/') && ctx.search !== undefined;
  } catch {
    return false;
  }
}
