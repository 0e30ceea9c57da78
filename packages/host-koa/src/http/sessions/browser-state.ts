import type { CsrfTokens } from './csrf.ts';
import type { FlashMessages } from './flash.ts';

/** What a page leaves in the browser, of a visitor too, for the request that follows. */
export interface BrowserState {
  readonly csrf: CsrfTokens;
  readonly flash: FlashMessages;
}
