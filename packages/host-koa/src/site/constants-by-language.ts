import type { Microblog } from '@microblog/core';
import type { Site } from './site.ts';
import type { SiteConstants } from './site-constants.ts';

type ConstantSite = Omit<Site, 'constants'>;

/** Returns the constants of a language: the same object each time. */
export function constantsByLanguage(
  site: ConstantSite,
  microblog: Microblog,
): (lang: string) => SiteConstants {
  const made = new Map<string, SiteConstants>();
  return (lang) => {
    const constants = made.get(lang) ?? constantsOf(site, microblog, lang);
    made.set(lang, constants);
    return constants;
  };
}

function constantsOf(site: ConstantSite, microblog: Microblog, lang: string): SiteConstants {
  const { urls, translations, assets, look, accountsHere, signOutLink } = site;
  const asset = (name: string) => urls.to(`/assets/${assets.fileOf(name)}`);
  return {
    t: translations.translate(lang),
    lang,
    dir: translations.languages.find(({ code }) => code === lang)?.dir ?? 'ltr',
    url: urls.to,
    asset,
    languages: translations.languages.map(({ code, name }) => ({ code, name, current: code === lang })),
    searchEnabled: microblog.search.enabled,
    registrationOpen: accountsHere && microblog.options.registration === 'open',
    signOutUrl: accountsHere ? urls.to('/logout') : null,
    signOutLink,
    postMaxLength: microblog.options.postMaxLength,
    brand: look.brand,
    surfaces: look.surfaces,
    themeStylesheet: assets.has('theme.css') ? asset('theme.css') : null,
    footer: look.footer(lang),
  };
}
