/** The state that every page gets. Types only. Texts are plain, and escaped by the template. */

import type { Flash } from '../../http/sessions/flash.ts';
import type { Theme } from '../../http/sessions/preferences.ts';
import type { Translate } from '../../i18n/translations.ts';
import type { FooterView } from '../../site/theming/footer.ts';
import type { Surfaces } from '../../site/theming/theme-variables.ts';
import type { Alternate } from '../../views/alternates.ts';
import type { PictureView } from '../../views/people-and-posts.ts';
import type { Preview } from '../../views/preview.ts';

/** The place in the navigation that is marked as the current one; '' marks none. */
export type Place = 'home' | 'explore' | 'search' | 'profile' | '';

export interface LanguageChoice {
  /** A BCP 47 tag. */
  readonly code: string;
  /** In that language itself: "Español". */
  readonly name: string;
  readonly current: boolean;
}

export interface ViewerView extends PictureView {
  readonly id: string;
  readonly nickname: string;
  readonly profileUrl: string;
}

export interface PageState {
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
  readonly csrfToken: string;
  /** Who is signed in, or null for a visitor. */
  readonly viewer: ViewerView | null;
  readonly place: Place;
  readonly flash: Flash | null;
  readonly theme: Theme;
  readonly languages: readonly LanguageChoice[];
  /** Path and query of this page, without the base path: `next` leads back to it. */
  readonly path: string;
  readonly searchEnabled: boolean;
  /** Also false if a host application owns sign-in. */
  readonly registrationOpen: boolean;
  /** The address behind "Sign in": this application's page, or the host application's. */
  readonly signInUrl: string;
  /** The address that the sign-out form posts to. Null if a host application owns sign-in. */
  readonly signOutUrl: string | null;
  /** Null for visitors. */
  readonly settingsUrl: string | null;
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
  readonly alternates: readonly Alternate[];
  /** Null for pages that show neither one person nor one post. */
  readonly preview: Preview | null;
  /** The page's one address with the site's origin; null if the origin is unknown, and for errors. */
  readonly canonicalUrl: string | null;
  readonly requestId: string;
}
