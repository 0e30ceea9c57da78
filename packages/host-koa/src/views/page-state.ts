/** What every page is given. Types only. Texts are plain, and escaped by the template. */

import type { FooterView } from '../theming/footer.ts';
import type { Surfaces } from '../theming/theme-variables.ts';
import type { PictureView } from './people-and-posts.ts';

export type Theme = 'auto' | 'light' | 'dark';

/** The place in the navigation that is marked as the current one; '' marks none. */
export type Place = 'home' | 'explore' | 'search' | 'profile' | '';

/** What happened, as a key of `flash` in the catalogue `pages`. The browser script knows `published`. */
export type FlashCode =
  | 'registered'
  | 'registered_mail'
  | 'signed_in'
  | 'signed_out'
  | 'published'
  | 'deleted'
  | 'followed'
  | 'unfollowed'
  | 'saved'
  | 'password_changed'
  | 'signed_out_everywhere'
  | 'email_pending'
  | 'email_changed'
  | 'email_change_cancelled'
  | 'email_confirmed'
  | 'confirmation_sent'
  | 'account_deleted'
  | 'identity_joined'
  | 'identity_linked'
  | 'identity_known'
  | 'identity_unlinked';

export interface Flash {
  /** Harmless ones (`success`, `info`) leave by themselves after a while. */
  readonly kind: 'success' | 'info' | 'danger';
  /** Null for a text that is in no catalogue, such as an error's. */
  readonly code: FlashCode | null;
  readonly text: string;
}

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

/** The page in another form, for programs that look for one. */
export interface Alternate {
  readonly type: string;
  readonly title: string;
  readonly url: string;
}

/** What other sites show of a page when somebody hands on its address (Open Graph). */
export interface Preview {
  readonly type: 'article' | 'profile';
  readonly title: string;
  /** One line of plain text. */
  readonly description: string;
  /** Null where there is no picture but a generated one. */
  readonly imageUrl: string | null;
  /** The page's own address as a path of the site, however it was spelt in the request. */
  readonly path: string;
}

export interface PageState {
  /** A text of the catalogue `pages`, as plain text. `count` chooses the plural. */
  readonly t: (key: string, params?: Readonly<Record<string, string | number>>) => string;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  /** A path of this application, with the base path in front. */
  readonly url: (path: string) => string;
  /** The address of an asset by its plain name: `app.css`, `app.js`, `icons.svg`, `favicon.svg`, or a host's own. */
  readonly asset: (name: string) => string;
  readonly csrfToken: string;
  /** Who is signed in, or null for a visitor. */
  readonly viewer: ViewerView | null;
  readonly place: Place;
  readonly flash: Flash | null;
  readonly theme: Theme;
  readonly languages: readonly LanguageChoice[];
  /** Path and query of this page, without the base path: where `next` leads back to. */
  readonly path: string;
  readonly searchEnabled: boolean;
  /** False too where a host application owns sign-in. */
  readonly registrationOpen: boolean;
  /** Where "Sign in" leads: this application's page, or the host application's. */
  readonly signInUrl: string;
  /** Where the sign-out form posts to. Null where a host application owns sign-in. */
  readonly signOutUrl: string | null;
  /** Null for visitors. */
  readonly settingsUrl: string | null;
  /** Where the host application signs people out, as a link. Null where it owns no sign-in, or says nothing. */
  readonly signOutLink: string | null;
  /** In graphemes. */
  readonly postMaxLength: number;
  readonly brand: string;
  /** The page's colour in light and dark mode. */
  readonly surfaces: Surfaces;
  /** The address of the host's own style sheet, which comes after ours; null where there is none. */
  readonly themeStylesheet: string | null;
  readonly footer: FooterView;
  readonly alternates: readonly Alternate[];
  /** Null for pages that are nobody's and no post's. */
  readonly preview: Preview | null;
  /** The page's one address with the site's origin; null where that is not known, and for errors. */
  readonly canonicalUrl: string | null;
  readonly requestId: string;
}
