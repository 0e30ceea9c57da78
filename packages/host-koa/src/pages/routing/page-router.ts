import type { MemberAccount } from '@microblog/core';
import { type FormRoute, formRoute } from '../../http/forms/form-route.ts';
import type { PageHost } from '../../http/host.ts';
import { type Guard, type ReadSection, readSection, routeGuards } from '../../http/routing/route-groups.ts';
import {
  type CompleteRouteTable,
  type Handler,
  type RouteGroup,
  RouteTable,
} from '../../http/routing/route-table.ts';
import { type Toggle, toggleForm } from './toggle.ts';

/** The routes of one group. There is no plain `post`: a form always checks its token. */
export interface PageSection<Viewer> extends ReadSection<Viewer> {
  form(path: string, route: FormRoute<Viewer>): void;
  /** A POST without a form token. `reason` says why it is safe, and is listed with the route. */
  unguardedPost(path: string, reason: string, handle: Handler<Viewer>): void;
}

export interface MemberSection extends PageSection<MemberAccount> {
  /** Both actions of a pair. */
  toggle<Result>(toggle: Toggle<Result>): void;
}

/** Pages and forms. Every route is in a group, which decides who may use it. */
export interface PageRouter {
  readonly table: CompleteRouteTable;
  readonly open: PageSection<MemberAccount | null>;
  readonly readers: PageSection<MemberAccount | null>;
  readonly members: MemberSection;
}

export function pageRouter({ site, browser }: Pick<PageHost, 'site' | 'browser'>): PageRouter {
  const table = new RouteTable();
  const guards = routeGuards(site);
  const { flash, csrf: tokens } = browser;

  function section<Viewer>(group: RouteGroup, guard: Guard<Viewer>): PageSection<Viewer> {
    return {
      ...readSection(table, group, guard),
      form: (path, route) =>
        table.add({ method: 'POST', path, group, kind: 'form' }, formRoute({ tokens, guard }, route)),
      unguardedPost: (path, reason, handle) =>
        table.add({ method: 'POST', path, group, kind: 'form', unguarded: reason }, async (ctx) =>
          handle(ctx, guard(ctx)),
        ),
    };
  }

  const members = section('members', guards.members);
  return {
    table,
    open: section('open', guards.open),
    readers: section('readers', guards.readers),
    members: {
      ...members,
      toggle(toggle) {
        for (const half of ['act', 'undo'] as const) {
          const form = toggleForm({ flash, urls: site.urls }, toggle, half);
          members.form(`${toggle.path}/${toggle[half].name}`, form);
        }
      },
    },
  };
}
