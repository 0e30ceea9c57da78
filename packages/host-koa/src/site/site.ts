import type { Translations } from '../i18n/translations.ts';
import type { AbsoluteUrl } from './absolute-url.ts';
import type { AssetCatalogue } from './assets/asset-catalogue.ts';
import type { EmbedOrigins } from './embed-origins.ts';
import type { SiteConstants } from './site-constants.ts';
import type { SiteLook } from './theming/site-look.ts';
import type { Urls } from './urls.ts';

/** Everything that the pages of one application share: addresses, texts, files and looks. It never changes. */
export interface Site {
  readonly urls: Urls;
  /** Null if the site's public origin is not configured. */
  readonly absoluteUrl: AbsoluteUrl | null;
  readonly translations: Translations;
  readonly assets: AssetCatalogue;
  readonly look: SiteLook;
  readonly embedOrigins: EmbedOrigins;
  /** Whether visitors see only the pages for signing in. */
  readonly requireLogin: boolean;
  /** Whether people register and sign in here. False if the host application signs them in. */
  readonly accountsHere: boolean;
  /** What the pages of one language share. */
  readonly constants: (lang: string) => SiteConstants;
  /** A page of the host application that signs people out. Null if there is no such page. */
  readonly signOutLink: string | null;
}
