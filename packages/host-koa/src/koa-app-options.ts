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
  /** Whether visitors see only the pages to sign in. Default: false. */
  readonly requireLogin?: boolean;
  /**
   * The public origin of the site, such as `https://shop.example`. It is the base of absolute links in feeds and
   * oEmbed, and of the address to which sign-in providers return. It is never guessed from a request. Default: links in
   * feeds are paths, and oEmbed is off.
   */
  readonly origin?: string;
  /**
   * Origins of sites whose pages may show posts from here, in a frame or by `<microblog-timeline>`, such as
   * `https://example.org`, or `*` for all. Default: none.
   */
  readonly embedOrigins?: readonly string[];
  /**
   * Shows pictures that people gave to Gravatar, on top of the generated ones: readers' browsers then request them from
   * gravatar.com, by the SHA-256 of the address. Needs the option `emailHashes` of `createMicroblog`. Use `confirmed`,
   * or `all` in two cases: no mail can be sent, so addresses can't be confirmed; or the host application vouches for
   * them (`authenticate`). A text is the origin of a service with the API of Gravatar. Default: false.
   */
  readonly gravatar?: boolean | string;
  /**
   * Whether pages are compressed, except those of accounts. Files are always compressed. Default: false, because the
   * application around usually compresses its answers.
   */
  readonly compress?: boolean;
  /** Whether the headers of one proxy in front are trusted. Default: false. */
  readonly trustProxy?: boolean;
  /** Gets a line for each request, and faults. Default: the logger of the microblog. */
  readonly logger?: Logger;
  /**
   * How many requests may run at once; the rest get a short 503 with `Retry-After`. Forms may use a quarter more. Files
   * and health checks do not count. Default: 64.
   */
  readonly maxConcurrentRequests?: number;
  /** Whether an address has to wait after too many wrong passwords. Default: true. */
  readonly limitAttempts?: boolean;
  /** Collects work that no response waits for, so that a caller can wait for its end. Default: its own collection. */
  readonly background?: BackgroundWork;
  /** Gets each fault of the program (status 500 and above), beside the log. Default: none. */
  readonly faults?: FaultReporter;
  /** The check behind `/readyz`. Default: always ready. */
  readonly readiness?: Readiness;
  /** The content of `/metrics`, and who may read it. Default: there is no such page. */
  readonly metricsPage?: MetricsPage;
  /** Called for every request after its response has ended. Default: none. */
  readonly observers?: readonly RequestObserver[];
  /** Called for every search on the pages after it has ended. Default: none. */
  readonly searchObservers?: readonly SearchObserver[];
  /**
   * Returns the current request during its work. Share it with parts that need it, such as a storage. Default: its own.
   */
  readonly requestContext?: RequestContext;
  /** For developing the pages. Default: templates and the list of assets are read once. */
  readonly development?: Development;
  /**
   * Fails a page whose template names a missing variable or property, instead of printing nothing. For development and
   * tests, also of your own templates. Default: true with `development`, otherwise false.
   */
  readonly strictTemplates?: boolean;
}

/** Each page reads its templates and the list of assets again, so that a change is visible at the next load. */
export interface Development {
  /** The directory that assets are built in. */
  readonly assets: string;
}
