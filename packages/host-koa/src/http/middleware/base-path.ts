import { hostError } from '../../host-errors.ts';
import type { Urls } from '../../site/urls.ts';
import type { HostMiddleware } from '../context.ts';

/** Removes the base path, so that routes are written without it. Other paths are refused. */
export function basePath({ basePath }: Urls): HostMiddleware {
  return async (ctx, next) => {
    const path = pathBelow(basePath, ctx.path);
    if (path === null) throw hostError('page_not_found', 'The address lies outside of the base path.');
    // The router would take it for the home page; browsers take such a path for another host.
    if (path.startsWith('//')) throw hostError('page_not_found', 'The path begins with two slashes.');
    ctx.path = path;
    await next();
  };
}

/** Removes it for `inner` only: middleware after it gets the path as it came. */
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

/** The path without the base path; null if it is outside of it. */
export function pathBelow(basePath: string, path: string): string | null {
  if (path !== basePath && !path.startsWith(`${basePath}/`)) return null;
  return path.slice(basePath.length) || '/';
}
