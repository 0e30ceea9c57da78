import type { MemberAccount } from '@microblog/core';
import type Koa from 'koa';
import type { Translate } from '../i18n/translations.ts';

/** The state of a request. `request-state.ts` sets all of it first; later middleware replaces values. */
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
  /** True if the host application signed in a member whose account here is suspended: `viewer` is then null. */
  suspended: boolean;
  /** False if a script sent the request by itself: it does not show that the reader is present. */
  isVisit: boolean;
  /** A text from a form that can't be shown again; the error page shows it. Null if there is none. */
  draft: string | null;
  /** The token of the forms of this answer. Null before a form needed one. */
  formToken: string | null;
}

export type HostContext = Koa.ParameterizedContext<HostState>;
export type HostMiddleware = Koa.Middleware<HostState>;
