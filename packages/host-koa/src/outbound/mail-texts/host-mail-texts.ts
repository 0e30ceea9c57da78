import { type KnownOptions, type MailTexts, requireKnownOptions } from '@microblog/core';
import { translations } from '../../i18n/translations.ts';
import { absoluteUrls } from '../../site/absolute-url.ts';
import { signingKeys } from '../../site/signing-keys.ts';
import { checkedBasePath, checkedOrigin } from '../../site/site-options.ts';
import type { Theming } from '../../site/theming/theming.ts';
import { urls } from '../../site/urls.ts';
import { mailTexts } from './mail-texts.ts';

/** Options for the mails of the host. */
export interface HostMailTextsOptions extends Pick<Theming, 'brand' | 'locales'> {
  /** The site's public address without a path, such as `https://example.org`: links in mails start with it. */
  readonly origin: string;
  /** The same options as for `createKoaApp`. */
  readonly secretKeys: readonly string[];
  readonly basePath?: string;
  readonly languages?: readonly string[];
}

/** With the whole theme, so that pages and mails can take the same object. */
const knownOptions: KnownOptions<HostMailTextsOptions & Theming> = {
  ...{ origin: true, secretKeys: true, basePath: true, languages: true },
  ...{ brand: true, theme: true, footer: true, views: true, locales: true, assets: true },
};

/**
 * The mail texts that the pages of `createKoaApp` need, for `createMicroblog`: in the languages of the pages, with
 * links to them.
 * @throws {Error} as `createKoaApp` does.
 */
export function hostMailTexts(options: HostMailTextsOptions): MailTexts {
  requireKnownOptions<HostMailTextsOptions & Theming>('hostMailTexts', options, knownOptions);
  const { origin, secretKeys, languages = ['en', 'es'], brand = 'Microblog' } = options;
  const basePath = checkedBasePath(options.basePath ?? '');
  const keys = signingKeys(secretKeys, basePath);
  return mailTexts({
    translations: translations(languages, options.locales),
    brand,
    urls: urls(basePath),
    absoluteUrl: absoluteUrls(checkedOrigin(origin)),
    keys: () => keys,
  });
}
