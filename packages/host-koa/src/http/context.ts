import type { User } from '@microblog/core';
import type Koa from 'koa';
import type { Translate } from '../i18n/translations.ts';

/** What the middleware learned of a request, in the order in which it learns it. */
export interface HostState {
  requestId: string;
  /** The pattern of the route, such as `/posts/:id`, without the base path; null where none matches. */
  route: string | null;
  lang: string;
  translate: Translate;
  /** Who is signed in, or null. */
  viewer: User | null;
  /** Somebody is signed in at the host application whose account here is suspended: `viewer` is null then. */
  suspended: boolean;
  /** False for a request of a script that nobody made: it is no sign of somebody's presence. */
  isVisit: boolean;
  /** What was typed into a form that can't be shown again, for the page of the error. */
  draft: string | null;
}

export type HostContext = Koa.ParameterizedContext<HostState>;
export type HostMiddleware = Koa.Middleware<HostState>;
