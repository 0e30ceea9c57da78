import { type MemberAccount, MicroblogError } from '@microblog/core';
import type { HostContext, HostMiddleware } from '../context.ts';
import type { Handler, RouteGroup, RouteKind, RouteTable } from './route-table.ts';

/**
 * Returns the viewer of a request if the viewer may use the group's routes.
 * @throws {MicroblogError} `sign_in_required`.
 */
export type Guard<Viewer = MemberAccount | null> = (ctx: HostContext) => Viewer;

export interface RouteGuards {
  readonly open: Guard;
  readonly readers: Guard;
  readonly members: Guard<MemberAccount>;
}

export function routeGuards({ requireLogin }: { readonly requireLogin: boolean }): RouteGuards {
  const members: Guard<MemberAccount> = ({ state: { viewer } }) => {
    if (viewer === null) throw new MicroblogError('sign_in_required', 'This is for members only.');
    return viewer;
  };
  const open: Guard = ({ state: { viewer } }) => viewer;
  return { open, readers: requireLogin ? members : open, members };
}

/** The GET and HEAD routes of one group. */
export interface ReadSection<Viewer> {
  page(path: string, show: Handler<Viewer>): void;
  json(path: string, answer: Handler<Viewer>): void;
  file(path: string, send: Handler<Viewer>): void;
  redirect(path: string, lead: Handler<Viewer>): void;
  /** A route that answers errors in its own format, so its middleware calls the guard itself. */
  guardedByItself(
    path: string,
    kind: RouteKind,
    middleware: (guard: Guard<Viewer>) => readonly HostMiddleware[],
  ): void;
}

export function readSection<Viewer>(
  table: RouteTable,
  group: RouteGroup,
  guard: Guard<Viewer>,
): ReadSection<Viewer> {
  const reads = (kind: RouteKind) => (path: string, handle: Handler<Viewer>) =>
    table.add({ method: 'GET', path, group, kind }, async (ctx) => handle(ctx, guard(ctx)));
  return {
    page: reads('page'),
    json: reads('json'),
    file: reads('file'),
    redirect: reads('redirect'),
    guardedByItself: (path, kind, middleware) =>
      table.add({ method: 'GET', path, group, kind }, ...middleware(guard)),
  };
}
