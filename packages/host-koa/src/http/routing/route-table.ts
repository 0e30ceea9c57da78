import Router from '@koa/router';
import type { HostContext, HostMiddleware, HostState } from '../context.ts';

/** Who may use a route: everyone; visitors too, unless the site requires sign-in; members only. */
export type RouteGroup = 'open' | 'readers' | 'members';

/** What a route answers. */
export type RouteKind = 'page' | 'form' | 'json' | 'file' | 'feed' | 'redirect';

/** One route as data. */
export interface ListedRoute {
  /** GET stands for HEAD too. */
  readonly method: 'GET' | 'POST';
  /** The pattern, such as `/posts/:id`, without the base path. */
  readonly path: string;
  /** Who may use it. */
  readonly group: RouteGroup;
  readonly kind: RouteKind;
  /** Why this POST checks no form token. Absent for every other route. */
  readonly unguarded?: string;
}

/** Routes that have one place in the order of middleware. Each added route is listed as data. */
export class RouteTable {
  readonly #router = new Router<HostState>();
  readonly #routes: ListedRoute[] = [];

  get routes(): readonly ListedRoute[] {
    return this.#routes;
  }

  add(route: ListedRoute, ...middleware: readonly HostMiddleware[]): void {
    this.#routes.push(route);
    const register = route.method === 'GET' ? this.#router.get : this.#router.post;
    register.call(this.#router, route.path, ...middleware);
  }

  /** Runs the matching route, or the next middleware if none matches. */
  middleware(): HostMiddleware {
    // The router's own type adds properties that only its handlers read.
    return this.#router.routes() as HostMiddleware;
  }

  /** Answers a path that allows other methods: 405 or 501, with `Allow`. */
  allowedMethods(): HostMiddleware {
    return this.#router.allowedMethods() as HostMiddleware;
  }

  /** The pattern that matches the path, for this method or another one. Null if none does. */
  patternOf(method: string, path: string): string | null {
    const { pathAndMethod, path: byPath } = this.#router.match(path, method);
    const layer = [...byPath, ...pathAndMethod].findLast(({ methods }) => methods.length > 0);
    return layer === undefined ? null : String(layer.path);
  }
}

/** A table that is complete: a route cannot be added past its group. */
export type CompleteRouteTable = Omit<RouteTable, 'add'>;

/** Answers a request whose viewer has passed the guard of the route's group. */
export type Handler<Viewer> = (ctx: HostContext, viewer: Viewer) => void | Promise<void>;
