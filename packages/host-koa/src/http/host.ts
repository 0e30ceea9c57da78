import type { Logger, Microblog } from '@microblog/core';
import type Keygrip from 'keygrip';
import type { Translations } from '../i18n/translations.ts';
import type { BackgroundWork } from '../operations/background-work.ts';
import type { FaultReporter } from '../operations/faults/fault-reporter.ts';
import type { Readiness } from '../operations/health/readiness.ts';
import type { MetricsPage } from '../operations/metrics/metrics-source.ts';
import type { SearchObserver } from '../operations/searches/finished-search.ts';
import type { IdentityProviders } from '../outbound/identity-providers/identity-providers.ts';
import type { AbsoluteUrl } from '../site/absolute-url.ts';
import type { AssetCatalogue } from '../site/assets/asset-catalogue.ts';
import type { EmbedOrigins } from '../site/embed-origins.ts';
import type { SiteLook } from '../site/theming/site-look.ts';
import type { Urls } from '../site/urls.ts';
import type { AttemptLimits } from './attempts/attempt-limits.ts';
import type { HostUsers } from './host-users/host-users.ts';
import type { KnownBrowsers } from './sessions/known-browsers.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { SignInCookies } from './sessions/sign-in-cookies.ts';

/** What one application's middleware and routes share. Made by `createKoaApp`, never global. */
export interface Host {
  readonly microblog: Microblog;
  readonly logger: Logger;
  readonly urls: Urls;
  readonly translations: Translations;
  readonly assets: AssetCatalogue;
  readonly look: SiteLook;
  readonly keys: Keygrip;
  readonly sessions: Sessions;
  readonly knownBrowsers: KnownBrowsers;
  readonly attempts: AttemptLimits;
  /** Null where sign-in is this application's own, by `sessions`. */
  readonly hostUsers: HostUsers | null;
  /** None where a host application owns sign-in. */
  readonly identityProviders: IdentityProviders;
  readonly signInCookies: SignInCookies;
  readonly background: BackgroundWork;
  readonly faults: FaultReporter;
  readonly requireLogin: boolean;
  /** Null where the site's public origin is not known. */
  readonly absoluteUrl: AbsoluteUrl | null;
  readonly embedOrigins: EmbedOrigins;
  readonly readiness: Readiness;
  /** Null where there is no such page. */
  readonly metricsPage: MetricsPage | null;
  readonly searchObservers: readonly SearchObserver[];
}
