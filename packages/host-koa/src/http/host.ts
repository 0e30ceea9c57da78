import type { Microblog } from '@microblog/core';
import type { BackgroundWork } from '../operations/background-work.ts';
import type { Operations } from '../operations/operations.ts';
import type { UnsubscribeTokens } from '../outbound/mail-texts/unsubscribe-token.ts';
import type { Site } from '../site/site.ts';
import type { Templates } from '../templates/templates.ts';
import type { PostTexts } from './post-texts.ts';
import type { BrowserState } from './sessions/browser-state.ts';
import type { SignIn } from './sessions/sign-in.ts';

/** What views of people and posts need. */
export interface ViewHost {
  readonly microblog: Microblog;
  readonly site: Site;
  readonly templates: Templates;
  readonly postTexts: PostTexts;
}

/** What a page needs. */
export interface PageHost extends ViewHost {
  readonly browser: BrowserState;
}

/** What a page needs to sign people in or out, or to change how they sign in. */
export interface AccountHost extends PageHost {
  readonly signIn: SignIn;
}

/** What an answer needs that is equal for every reader: it uses no session and no cookie. */
export interface OpenHost extends ViewHost {
  readonly operations: Operations;
}

/**
 * All parts of one application. `createKoaApp` makes it. Only the code that assembles routes and middleware takes it
 * whole: every other function takes the facet that it needs.
 */
export interface Host extends AccountHost, OpenHost {
  readonly background: BackgroundWork;
  readonly unsubscribeTokens: UnsubscribeTokens;
}
