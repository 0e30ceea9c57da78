import { fileURLToPath } from 'node:url';
import type { Microblog } from '@microblog/core';
import type Keygrip from 'keygrip';
import { attemptLimits, noAttemptLimits } from './http/attempts/attempt-limits.ts';
import type { Host } from './http/host.ts';
import { usersOfHost } from './http/host-users/host-sign-in.ts';
import { loginAddress } from './http/host-users/login-url.ts';
import { csrfTokens } from './http/sessions/csrf.ts';
import { flashMessages } from './http/sessions/flash.ts';
import { knownBrowsers } from './http/sessions/known-browsers.ts';
import { sessions } from './http/sessions/sessions.ts';
import { signInCookies } from './http/sessions/sign-in-cookies.ts';
import { translations } from './i18n/translations.ts';
import type { ParsedKoaAppOptions } from './koa-app-options-schema.ts';
import { backgroundWork } from './operations/background-work.ts';
import { noFaultReporter } from './operations/faults/fault-reporter.ts';
import { alwaysReady } from './operations/health/readiness.ts';
import { identityProviders } from './outbound/identity-providers/identity-providers.ts';
import { unsubscribeTokens } from './outbound/mail-texts/unsubscribe-token.ts';
import { absoluteUrls } from './site/absolute-url.ts';
import { layeredAssets } from './site/assets/asset-catalogue.ts';
import { builtAssets } from './site/assets/built-assets.ts';
import { ownAssets } from './site/assets/own-assets.ts';
import { checkedOrigins } from './site/avatar-origins.ts';
import { constantsByLanguage } from './site/constants-by-language.ts';
import { embedOrigins } from './site/embed-origins.ts';
import { GRAVATAR_ORIGIN, type Gravatar, gravatar, noGravatar } from './site/gravatar.ts';
import { signingKeys } from './site/signing-keys.ts';
import type { Site } from './site/site.ts';
import { checkedBasePath, checkedOrigin } from './site/site-options.ts';
import { siteLook } from './site/theming/site-look.ts';
import { type Urls, urls } from './site/urls.ts';
import { templates } from './templates/templates.ts';
import { postTexts } from './views/post-texts.ts';

/** Makes the parts that routes and middleware of one application need. @throws {Error} as `createKoaApp`. */
export function assembleHost(
  microblog: Microblog,
  options: ParsedKoaAppOptions,
): { host: Host; keys: Keygrip } {
  const { logger = microblog.logger } = options;
  const addresses = siteUrls(microblog, options);
  const keys = signingKeys(options.secretKeys, addresses.basePath);
  const site = siteOf(microblog, options, addresses);
  const browsers = knownBrowsers({ microblog, keys, urls: addresses });
  const ownSessions = sessions({ microblog, keys, urls: addresses, knownBrowsers: browsers });
  const host: Host = {
    microblog,
    site,
    browser: {
      csrf: csrfTokens({
        keys,
        urls: addresses,
        origin: options.origin === undefined ? null : checkedOrigin(options.origin),
      }),
      flash: flashMessages({ keys, urls: addresses }),
    },
    signIn: {
      viewers: usersOfHost(options, { microblog, logger, urls: addresses }) ?? ownSessions,
      sessions: ownSessions,
      knownBrowsers: browsers,
      attempts: options.limitAttempts ? attemptLimits(browsers) : noAttemptLimits,
      identityProviders: identityProviders(site.accountsHere ? options : {}, options.origin),
      cookies: signInCookies({ keys, urls: addresses }),
    },
    operations: {
      logger,
      faults: options.faults ?? noFaultReporter,
      readiness: options.readiness ?? alwaysReady(),
      metricsPage: options.metricsPage ?? null,
      searchObservers: options.searchObservers,
    },
    templates: templates({
      directory: packageFile('views'),
      own: options.views,
      development: options.development !== undefined,
      strict: options.strictTemplates ?? options.development !== undefined,
      logger,
    }),
    postTexts: postTexts(),
    background: options.background ?? backgroundWork(logger),
    unsubscribeTokens: unsubscribeTokens(keys),
  };
  return { host, keys };
}

function siteOf(microblog: Microblog, options: ParsedKoaAppOptions, addresses: Urls): Site {
  const { languages, development } = options;
  const look = siteLook(options, languages[0] ?? 'en');
  const accountsHere = options.authenticate === undefined;
  const site = {
    urls: addresses,
    absoluteUrl: options.origin === undefined ? null : absoluteUrls(checkedOrigin(options.origin)),
    translations: translations(languages, options.locales),
    assets: layeredAssets(
      ownAssets(options.assets, look.stylesheet),
      builtAssets(development?.assets ?? packageFile('dist/assets'), {
        development: development !== undefined,
      }),
    ),
    look,
    embedOrigins: embedOrigins(options.embedOrigins),
    requireLogin: options.requireLogin,
    accountsHere,
    signOutLink: accountsHere ? null : (options.logoutUrl ?? null),
  };
  return { ...site, constants: constantsByLanguage(site, microblog) };
}

function siteUrls(microblog: Microblog, options: ParsedKoaAppOptions): Urls {
  return urls(checkedBasePath(options.basePath), {
    hostSignIn: options.loginUrl === undefined ? undefined : loginAddress(options.loginUrl),
    avatarOrigins: checkedOrigins(options.avatarOrigins),
    gravatar: gravatarOf(options, microblog),
  });
}

function gravatarOf({ gravatar: given, authenticate }: ParsedKoaAppOptions, microblog: Microblog): Gravatar {
  if (given === false) return noGravatar;
  if (microblog.options.emailHashes === 'none') {
    const value = authenticate === undefined && microblog.mailEnabled ? 'confirmed' : 'all';
    throw new Error(
      `gravatar: the microblog keeps the hashes of addresses to itself. Give createMicroblog the option emailHashes: '${value}', or leave gravatar out.`,
    );
  }
  return gravatar({ origin: given === true ? GRAVATAR_ORIGIN : given });
}

/** The path of a file of this package: beside the sources in development, beside the built files otherwise. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
