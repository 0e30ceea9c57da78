import type { Microblog } from '@microblog/core';
import type { BackgroundWork } from '../operations/background-work.ts';
import type { Operations } from '../operations/operations.ts';
import type { UnsubscribeTokens } from '../outbound/mail-texts/unsubscribe-token.ts';
import type { Site } from '../site/site.ts';
import type { BrowserState } from './sessions/browser-state.ts';
import type { SignIn } from './sessions/sign-in.ts';

/** What views of people and posts need. */
export interface ViewHost {
  readonly microblog: Microblog;
  readonly site: Site;
}

/** What a page needs. */
export interface PageHost extends ViewHost {
  readonly browser: BrowserState;
}

/** What a page needs on which people sign in, sign out or change how they do. */
export interface AccountHost extends PageHost {
  readonly signIn: SignIn;
}

/** What an answer needs that is the same for every reader: no session, no cookie. */
export interface OpenHost extends ViewHost {
  readonly operations: Operations;
}

/**
 * Everything that one application is made of. `createKoaApp` makes it, and only what assembles routes and middleware
 * takes it whole: every other function takes the facet that it needs.
 */
export interface Host extends AccountHost, OpenHost {
  readonly background: BackgroundWork;
  readonly unsubscribeTokens: UnsubscribeTokens;
}
