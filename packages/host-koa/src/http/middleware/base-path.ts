import { hostError } from '../../host-errors.ts';
import type { Urls } from '../../site/urls.ts';
import type { HostMiddleware } from '../context.ts';

/** Takes the base path off, so that routes are written without it. What lies outside is not ours. */
export function basePath({ basePath }: Urls): HostMiddleware {
  return async (ctx, next) => {
    const path = pathBelow(basePath, ctx.path);
    if (path === null) throw hostError('page_not_found', 'The address lies outside of the base path.');
    ctx.path = path;
    await next();
  };
}

/** The same for `inner` alone: what it leaves to others gets the path as it came. */
export function belowBasePath({ basePath }: Urls, inner: HostMiddleware): HostMiddleware {
  return async (ctx, next) => {
    const whole = ctx.path;
    const path = pathBelow(basePath, whole);
    if (path === null) return next();
    ctx.path = path;
    await inner(ctx, async () => {
      ctx.path = whole;
      await next();
    });
  };
}

/** The path without the base path; null where it lies outside. */
export function pathBelow(basePath: string, path: string): string | null {
  if (path !== basePath && !path.startsWith(`${basePath}/`)) return null;
  return path.slice(basePath.length) || '/';
}
