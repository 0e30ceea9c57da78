import { fileURLToPath } from 'node:url';
import type { Logger, Microblog } from '@microblog/core';
import { attemptLimits, noAttemptLimits } from './http/attempts/attempt-limits.ts';
import type { HostContext, HostMiddleware } from './http/context.ts';
import type { Host } from './http/host.ts';
import { type HostSignIn, usersOfHost } from './http/host-users/host-sign-in.ts';
import { loginAddress } from './http/host-users/login-url.ts';
import { basePath, belowBasePath, pathBelow } from './http/middleware/base-path.ts';
import { accountLanguage, language } from './http/middleware/language.ts';
import { observed } from './http/middleware/observed.ts';
import { readableTarget } from './http/middleware/readable-target.ts';
import { requestId } from './http/middleware/request-id.ts';
import { requestLog } from './http/middleware/request-log.ts';
import { securityHeaders } from './http/middleware/security-headers.ts';
import { viewer } from './http/middleware/viewer.ts';
import { MountableKoa } from './http/mounting/mountable-koa.ts';
import { requestFault } from './http/request-fault.ts';
import { routePattern } from './http/route-pattern.ts';
import { knownBrowsers } from './http/sessions/known-browsers.ts';
import { sessions } from './http/sessions/sessions.ts';
import { signInCookies } from './http/sessions/sign-in-cookies.ts';
import { trustOneProxy } from './http/trusted-proxy.ts';
import { translations } from './i18n/translations.ts';
import { type BackgroundWork, backgroundWork } from './operations/background-work.ts';
import { type FaultReporter, noFaultReporter } from './operations/faults/fault-reporter.ts';
import { alwaysReady, type Readiness } from './operations/health/readiness.ts';
import type { MetricsPage } from './operations/metrics/metrics-source.ts';
import type { RequestObserver } from './operations/requests/finished-request.ts';
import { type RequestContext, requestContext } from './operations/requests/request-context.ts';
import type { SearchObserver } from './operations/searches/finished-search.ts';
import { identityProviders, type ProvidersSignIn } from './outbound/identity-providers/identity-providers.ts';
import { fileRoutes, operationRoutes, routes, syndicationRoutes } from './pages/index.ts';
import { compressed } from './pages/layout/compressed.ts';
import { errors } from './pages/layout/errors.ts';
import { viewEngine } from './pages/layout/view-engine.ts';
import { absoluteUrls } from './site/absolute-url.ts';
import { layeredAssets } from './site/assets/asset-catalogue.ts';
import { builtAssets } from './site/assets/built-assets.ts';
import { ownAssets } from './site/assets/own-assets.ts';
import { checkedOrigins } from './site/avatar-origins.ts';
import { embedOrigins } from './site/embed-origins.ts';
import { GRAVATAR_ORIGIN, type Gravatar, gravatar, noGravatar } from './site/gravatar.ts';
import { signingKeys } from './site/signing-keys.ts';
import { checkedBasePath, checkedOrigin } from './site/site-options.ts';
import { siteLook } from './site/theming/site-look.ts';
import type { Theming } from './site/theming/theming.ts';
import { urls } from './site/urls.ts';

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
   * gravatar.com for them, by the SHA-256 of the address. An address counts once it is confirmed; where no mail can
   * be sent, or with `authenticate`, any does. A text is the origin of a service that answers like Gravatar.
   * Default: false.
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
}

/** Each page reads its templates and the list of assets again, so that a change shows at the next load. */
export interface Development {
  /** The directory that assets are built in. */
  readonly assets: string;
}

/**
 * The microblog's pages as a Koa application. It listens nowhere by itself: `.callback()` is a request
 * listener for `node:http` and everything that takes one, and middleware for frameworks that take
 * `(request, response, next)`; `koa-mount` takes the application itself. See docs/embedding.md.
 * @throws {Error} for a base path or an origin that is none, missing keys, a language without a catalogue; for a theme, views,
 * texts or assets of one's own that can't be used, with what is wrong there;
 * for `authenticate` without `loginUrl`, and origins of pictures that are none; for sign-in providers without an
 * origin, and with settings that can't be used.
 */
export function createKoaApp(microblog: Microblog, options: KoaAppOptions): MountableKoa {
  const { logger = microblog.logger, languages = ['en', 'es'], requireLogin = false } = options;
  const development = options.development !== undefined;
  const avatarOrigins = checkedOrigins(options.avatarOrigins ?? []);
  const hostSignIn = options.loginUrl === undefined ? undefined : loginAddress(options.loginUrl);
  const addresses = urls(checkedBasePath(options.basePath ?? ''), {
    hostSignIn,
    avatarOrigins,
    gravatar: gravatarOf(options, microblog),
  });
  const background = options.background ?? backgroundWork(logger);
  const app = new MountableKoa({ basePath: addresses.basePath, background });
  if (options.trustProxy === true) trustOneProxy(app);
  app.keys = signingKeys(options.secretKeys, addresses.basePath);
  const look = siteLook(options, languages[0] ?? 'en');
  const browsers = knownBrowsers({ microblog, keys: app.keys, urls: addresses });
  const host: Host = {
    microblog,
    logger,
    urls: addresses,
    translations: translations(languages, options.locales),
    assets: layeredAssets(
      ownAssets(options.assets, look.stylesheet),
      builtAssets(options.development?.assets ?? packageFile('dist/assets'), { development }),
    ),
    look,
    keys: app.keys,
    sessions: sessions({ microblog, keys: app.keys, urls: addresses, knownBrowsers: browsers }),
    knownBrowsers: browsers,
    attempts: options.limitAttempts === false ? noAttemptLimits : attemptLimits({ knownBrowsers: browsers }),
    hostUsers: usersOfHost(options, { microblog, logger, urls: addresses }),
    identityProviders: identityProviders(options.authenticate === undefined ? options : {}, options.origin),
    signInCookies: signInCookies({ keys: app.keys, urls: addresses }),
    background,
    faults: options.faults ?? noFaultReporter,
    requireLogin,
    absoluteUrl: options.origin === undefined ? null : absoluteUrls(checkedOrigin(options.origin)),
    embedOrigins: embedOrigins(options.embedOrigins ?? []),
    readiness: options.readiness ?? alwaysReady(),
    metricsPage: options.metricsPage ?? null,
    searchObservers: options.searchObservers ?? [],
  };
  const router = routes(host);
  const files = fileRoutes(host);
  const operations = operationRoutes(host);
  const syndication = syndicationRoutes(host);
  const routeOf = (method: string, path: string) => {
    const below = pathBelow(addresses.basePath, path);
    return below === null ? null : routePattern([router, files, operations, syndication], method, below);
  };

  app.use(requestId);
  app.use(
    observed(routeOf, options.requestContext ?? requestContext(), [
      requestLog(logger),
      ...(options.observers ?? []),
    ]),
  );
  app.use(securityHeaders(addresses.pictureOrigins));
  app.use(readableTarget);
  // Before everything that only pages need. The router adds to the context what it wants there.
  app.use(belowBasePath(addresses, operations.routes() as HostMiddleware));
  app.use(viewEngine(packageFile('views'), options.views, { development }));
  // Without the language and the session that a browser keeps for the pages.
  app.use(belowBasePath(addresses, syndication.routes() as HostMiddleware));
  if (options.compress === true) app.use(compressed());
  app.use(language(host));
  app.use(async (ctx, next) => {
    ctx.state.viewer = null;
    ctx.state.suspended = false;
    ctx.state.isVisit = true;
    ctx.state.draft = null;
    await next();
  });
  app.use(errors(host));
  app.use(basePath(addresses));
  app.use(files.routes());
  app.use(viewer(host));
  app.use(accountLanguage(host));
  app.use(router.routes());
  app.use(router.allowedMethods());

  // The error middleware answers; what reaches Koa itself is a broken connection or a fault of rendering.
  app.on('error', (error: unknown, ctx?: HostContext) => {
    const isGone = ctx?.req.socket.destroyed === true;
    logger[isGone ? 'debug' : 'error']({ err: error, requestId: ctx?.state.requestId }, 'response failed');
    if (!isGone && ctx !== undefined) host.faults.report(requestFault(ctx, error, 500));
  });
  return app;
}

/** Where a host application signs people in, it vouches for their addresses. */
function gravatarOf(
  { gravatar: given = false, authenticate }: KoaAppOptions,
  microblog: Microblog,
): Gravatar {
  if (given === false) return noGravatar;
  const confirmed = authenticate === undefined && microblog.mailEnabled;
  return gravatar({ origin: given === true ? GRAVATAR_ORIGIN : given, confirmed });
}

/** A file of this package: beside the sources in development, beside the built files otherwise. */
function packageFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
