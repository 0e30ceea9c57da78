import { createInstance, type Resource } from 'i18next';
import Negotiator from 'negotiator';
import { catalogues } from './catalogues.ts';
import { checkedTexts, laidOver, type OwnTexts } from './own-texts.ts';

/**
 * A text of a catalogue in one language. Keys of another catalogue than `pages` name it: `errors:…`, `mails:…`,
 * and `site:…` for the texts that a host brought.
 */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string;

export interface Language {
  /** A BCP 47 tag. */
  readonly code: string;
  /** In that language itself. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
}

export interface Translations {
  /** What is offered, the fallback first. */
  readonly languages: readonly Language[];
  offers(code: string): boolean;
  /** The best offer for an `Accept-Language` header, in the reader's order of preference. */
  negotiate(acceptLanguage: string | undefined): string;
  translate(code: string): Translate;
}

/**
 * The catalogues of the languages named: those that are compiled in, with a host's own texts over them.
 * @throws {Error} for a language without a catalogue, and for own texts that take the place of none.
 */
export function translations(codes: readonly string[], ownTexts: OwnTexts = {}): Translations {
  const all = laidOver(catalogues, checkedTexts(ownTexts)) as Record<string, Record<string, object>>;
  const missing = codes.filter((code) => !Object.hasOwn(all, code));
  if (missing.length > 0 || codes.length === 0) {
    const known = Object.keys(all).join(', ');
    throw new Error(`There is no catalogue for the language "${missing.join(', ')}"; there are ${known}.`);
  }
  const fallback = codes[0] as string;
  const instance = createInstance({
    lng: fallback,
    fallbackLng: fallback,
    supportedLngs: [...codes],
    resources: Object.fromEntries(codes.map((code) => [code, { ...all[code] }])) as Resource,
    ns: ['pages', 'errors', 'mails', 'site'],
    defaultNS: 'pages',
    // Templates escape.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void instance.init();
  const fixed = new Map(codes.map((code) => [code, instance.getFixedT(code)]));
  return {
    languages: codes.map((code) => ({ code, name: nameOf(code), dir: instance.dir(code) })),
    offers: (code) => codes.includes(code),
    negotiate(acceptLanguage) {
      const accepted = new Negotiator({ headers: { 'accept-language': acceptLanguage } });
      return accepted.language([...codes]) ?? fallback;
    },
    translate: (code) => (key, params) => {
      const inLanguage = fixed.get(code) ?? instance.t;
      return inLanguage(key, { ...params });
    },
  };
}

/** A language's name for itself, as a word of its own. */
function nameOf(code: string): string {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
