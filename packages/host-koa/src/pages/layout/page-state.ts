/** The state that every page gets. Types only. Texts are plain, and escaped by the template. */

import type { Flash } from '../../http/sessions/flash.ts';
import type { Theme } from '../../http/sessions/preferences.ts';
import type { SiteConstants } from '../../site/site-constants.ts';
import type { Alternate } from '../../views/alternates.ts';
import type { PictureView } from '../../views/people-and-posts.ts';
import type { Preview } from '../../views/preview.ts';

/** The place in the navigation that is marked as the current one; '' marks none. */
export type Place = 'home' | 'explore' | 'search' | 'profile' | '';

export interface ViewerView extends PictureView {
  readonly id: string;
  readonly nickname: string;
  readonly profileUrl: string;
}

export interface PageState extends SiteConstants {
  readonly csrfToken: string;
  /** Who is signed in, or null for a visitor. */
  readonly viewer: ViewerView | null;
  readonly place: Place;
  readonly flash: Flash | null;
  readonly theme: Theme;
  /** Path and query of this page, without the base path: `next` leads back to it. */
  readonly path: string;
  /** The address behind "Sign in": this application's page, or the host application's. */
  readonly signInUrl: string;
  /** Null for visitors. */
  readonly settingsUrl: string | null;
  readonly alternates: readonly Alternate[];
  /** Null for pages that show neither one person nor one post. */
  readonly preview: Preview | null;
  /** The page's one address with the site's origin; null if the origin is unknown, and for errors. */
  readonly canonicalUrl: string | null;
  readonly requestId: string;
}
