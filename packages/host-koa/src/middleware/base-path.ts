import type { HostMiddleware } from '../context.ts';
import { hostError } from '../host-errors.ts';
import type { Urls } from '../urls.ts';

/** Takes the base path off, so that routes are written without it. What lies outside is not ours. */
export function basePath({ basePath }: Urls): HostMiddleware {
  return async (ctx, next) => {
    if (basePath !== '') {
      if (ctx.path !== basePath && !ctx.path.startsWith(`${basePath}/`)) {
        throw hostError('page_not_found', 'The address lies outside of the base path.');
      }
      ctx.path = ctx.path.slice(basePath.length) || '/';
    }
    await next();
  };
}

/** The same for `inner` alone: what it leaves to others gets the path as it came. */
export function belowBasePath({ basePath }: Urls, inner: HostMiddleware): HostMiddleware {
  return async (ctx, next) => {
    const { path } = ctx;
    if (!path.startsWith(`${basePath}/`)) return next();
    ctx.path = path.slice(basePath.length);
    await inner(ctx, async () => {
      ctx.path = path;
      await next();
    });
  };
}
