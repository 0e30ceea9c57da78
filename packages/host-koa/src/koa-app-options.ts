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

/** Options of `createKoaApp`. An unknown option or a wrong type is an error: see `koa-app-options-schema.ts`. */
export interface KoaAppOptions extends Theming, HostSignIn, ProvidersSignIn {
  /** Keys that sign cookies and links: the first signs, all verify. At least one, of at least 16 characters. */
  readonly secretKeys: readonly string[];
  /** The path under which the application is mounted, such as `/blog`. It is never guessed. Default: the root. */
  readonly basePath?: string;
  /** Offered languages, the fallback first. Default: English and Spanish. */
  readonly languages?: readonly string[];
  /** Whether visitors see nothing but the pages to sign in. Default: false. */
  readonly requireLogin?: boolean;
  /**
   * The public origin of the site, such as `https://shop.example`. Absolute links are made of it: in feeds, in oEmbed,
   * and the address to which sign-in providers lead back. It is never guessed from a request. Default: links in feeds
   * are paths, and oEmbed is off.
   */
  readonly origin?: string;
  /**
   * Origins of sites whose pages may show posts from here, in a frame or by `<microblog-timeline>`, such as
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
   * Whether pages are compressed, except those of accounts. Files are always compressed. Default: false, since the
   * application around mostly compresses its answers.
   */
  readonly compress?: boolean;
  /** Whether the headers of one proxy in front are trusted. Default: false. */
  readonly trustProxy?: boolean;
  /** Gets a line for each request, and faults. Default: the logger of the microblog. */
  readonly logger?: Logger;
  /** Whether an address that guesses passwords has to wait. Default: true. */
  readonly limitAttempts?: boolean;
  /** Collects work that no response waits for, so that a caller can wait for its end. Default: one of its own. */
  readonly background?: BackgroundWork;
  /** Gets each fault of the program (status 500 and above), beside the log. Default: none. */
  readonly faults?: FaultReporter;
  /** What `/readyz` asks. Default: always ready. */
  readonly readiness?: Readiness;
  /** What `/metrics` shows, and to whom. Default: there is no such page. */
  readonly metricsPage?: MetricsPage;
  /** Called for every request after its response has ended. Default: none. */
  readonly observers?: readonly RequestObserver[];
  /** Called for every search on the pages after it has ended. Default: none. */
  readonly searchObservers?: readonly SearchObserver[];
  /** Says, within a request, which request it is. Share it with what works for requests, such as a storage. Default: one of its own. */
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
