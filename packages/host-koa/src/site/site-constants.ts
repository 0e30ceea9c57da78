import type { Translate } from '../i18n/translations.ts';
import type { FooterView } from './theming/footer.ts';
import type { Surfaces } from './theming/theme-variables.ts';

export interface LanguageChoice {
  /** A BCP 47 tag. */
  readonly code: string;
  /** In that language itself: "Español". */
  readonly name: string;
  readonly current: boolean;
}

/**
 * The part of a page's state that depends only on the site and the language. Functions depend only on their
 * arguments. So templates compute with them when they are compiled, not for each page.
 */
export interface SiteConstants {
  /** A text of the catalogue `pages`, as plain text. `count` chooses the plural. */
  readonly t: Translate;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** Returns a path of this application with the base path in front. */
  readonly url: (path: string) => string;
  /**
   * Returns the address of an asset by its plain name: `app.css`, `app.js`, `icons.svg`, `favicon.svg`, or a host's
   * own.
   */
  readonly asset: (name: string) => string;
  readonly languages: readonly LanguageChoice[];
  readonly searchEnabled: boolean;
  /** Also false if a host application owns sign-in. */
  readonly registrationOpen: boolean;
  /** The address that the sign-out form posts to. Null if a host application owns sign-in. */
  readonly signOutUrl: string | null;
  /** The host application's address for signing out, as a link. Null if it has none, or does not own sign-in. */
  readonly signOutLink: string | null;
  /** In graphemes. */
  readonly postMaxLength: number;
  readonly brand: string;
  /** The page's colour in light and dark mode. */
  readonly surfaces: Surfaces;
  /** The address of the host's own style sheet, which comes after ours; null if there is none. */
  readonly themeStylesheet: string | null;
  readonly footer: FooterView;
}
