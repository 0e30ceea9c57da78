import type { CsrfTokens } from './csrf.ts';
import type { FlashMessages } from './flash.ts';

/** What a page stores in the browser, of a visitor too, for later requests. */
export interface BrowserState {
  readonly csrf: CsrfTokens;
  readonly flash: FlashMessages;
}
