import type Router from '@koa/router';
import type { HostState } from './context.ts';

/**
 * The pattern of the route that takes the request, or would take it by another method; null where there is
 * none. Layers without methods are middleware, whatever path they have.
 */
export function routePattern(
  routers: readonly Pick<Router<HostState>, 'match'>[],
  method: string,
  path: string,
): string | null {
  for (const router of routers) {
    const { pathAndMethod, path: byPath } = router.match(path, method);
    const layer = [...byPath, ...pathAndMethod].findLast(({ methods }) => methods.length > 0);
    if (layer !== undefined) return String(layer.path);
  }
  return null;
}
