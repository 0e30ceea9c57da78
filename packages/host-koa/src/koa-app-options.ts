import type { Logger } from '@microblog/core';
import type { HostSignIn } from './http/host-users/host-sign-in.ts';
import type { BackgroundWork } from './operations/background-work.ts';
import type { FaultReporter } from './operations/faults/fault-reporter.ts';
import type { Readiness } from './operations/health/readiness.ts';
import type { MetricsPage } from './operations/metrics/metrics-source.ts';
import type { RequestObserver } from './operations/requests/finished-request.ts';
import type { RequestContext } from './operations/requests/request-context.ts';
import type { SearchObserver } from './operations/searches/finished-search.ts';
import type { ProvidersSignIn } from './outbound/identity-providers/identity-providers.ts';
import type { Theming } from './site/theming/theming.ts';

/** How the pages are served: where, signed with which keys, and with whose help. */
export interface KoaAppOptions extends Theming, HostSignIn, ProvidersSignIn {
  /** What signs cookies: the first signs, all of them verify. At least one, of at least 16 characters. */
  readonly secretKeys: readonly string[];
  /** The path under which the application is mounted, such as `/blog`; never guessed. Default: the root. */
  readonly basePath?: string;
  /** Offered languages, the fallback first. Default: English and Spanish. */
  readonly languages?: readonly string[];
  /** Shows nothing but the way in to visitors. Default: false. */
  readonly requireLogin?: boolean;
  /**
   * The site's public origin, such as `https://shop.example`, of which absolute links are made: those in feeds,
   * all of oEmbed, and where sign-in providers lead back to. Never guessed from a request. Default: links in feeds
   * are paths, and oEmbed is off.
   */
  readonly origin?: string;
  /**
   * Sites whose pages may show posts from here, in a frame or by `<microblog-timeline>`: their origins, such as
   * `https://example.org`, or `*` for all. Default: none.
   */
  readonly embedOrigins?: readonly string[];
  /**
   * Shows pictures that people gave to Gravatar, on top of the generated ones: readers' browsers then ask
   * gravatar.com for them, by the SHA-256 of the address. Needs the option `emailHashes` of `createMicroblog`, which
   * says whose address counts: `confirmed`; or `all`, if no mail can be sent and addresses can't be confirmed, or if
   * the host application vouches for them (`authenticate`). A text is the origin of a service that answers like
   * Gravatar. Default: false.
   */
  readonly gravatar?: boolean | string;
  /**
   * Compresses pages, but those of accounts. Files always come compressed. Default: false, since compressing is the
   * business of the application around.
   */
  readonly compress?: boolean;
  /** Believes the headers of one proxy in front. Default: false. */
  readonly trustProxy?: boolean;
  /** Gets a line for each request, and faults. Default: that of the microblog. */
  readonly logger?: Logger;
  /** Whether an address that guesses passwords has to wait. Default: true. */
  readonly limitAttempts?: boolean;
  /** Where work that no response waits for is gathered, so that its end can be waited for. */
  readonly background?: BackgroundWork;
  /** Hears of each request that failed by a fault of the program (status 500 and above), beside the log. */
  readonly faults?: FaultReporter;
  /** What `/readyz` asks. Default: ready as long as the process lives. */
  readonly readiness?: Readiness;
  /** What `/metrics` shows, and to whom. Default: there is no such page. */
  readonly metricsPage?: MetricsPage;
  /** Hear of every request when its response has ended. */
  readonly observers?: readonly RequestObserver[];
  /** Hear of every search on the pages when it has ended. */
  readonly searchObservers?: readonly SearchObserver[];
  /** Tells those that were lent it on behalf of which request they are called. */
  readonly requestContext?: RequestContext;
  /** For work on the pages themselves. Default: templates and the list of assets are read once. */
  readonly development?: Development;
  /**
   * Fails a page whose template names a variable or a property that it was not given, instead of printing nothing. For
   * development and tests, of templates of your own too. Default: true with `development`, otherwise false.
   */
  readonly strictTemplates?: boolean;
}

/** Each page reads its templates and the list of assets again, so that a change shows at the next load. */
export interface Development {
  /** The directory that assets are built in. */
  readonly assets: string;
}
