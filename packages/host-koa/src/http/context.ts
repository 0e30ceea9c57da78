import type { MemberAccount } from '@microblog/core';
import type Koa from 'koa';
import type { Translate } from '../i18n/translations.ts';

/** What is known of a request. `request-state.ts` sets all of it first; middleware replaces what it finds out. */
export interface HostState {
  /** Names the request in logs and on error pages. */
  requestId: string;
  /** The pattern of the route, such as `/posts/:id`, without the base path. Null if none matches. */
  route: string | null;
  /** The language of the answer, a BCP 47 tag. */
  lang: string;
  /** Texts in that language. */
  translate: Translate;
  /** The member who is signed in. Null for a visitor. */
  viewer: MemberAccount | null;
  /** Whether the host application has signed somebody in whose account here is suspended: `viewer` is null then. */
  suspended: boolean;
  /** False if a script asked without its reader: it is no sign that the reader is there. */
  isVisit: boolean;
  /** A text from a form that can't be shown again, for the page of the error. Null if there is none. */
  draft: string | null;
}

export type HostContext = Koa.ParameterizedContext<HostState>;
export type HostMiddleware = Koa.Middleware<HostState>;
