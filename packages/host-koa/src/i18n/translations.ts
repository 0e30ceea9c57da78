import { createInstance, type Resource } from 'i18next';
import Negotiator from 'negotiator';
import { catalogues } from './catalogues.ts';
import { keptTexts } from './kept-texts.ts';
import { checkedTexts, mergedOver, type OwnTexts } from './own-texts.ts';
import type { TextParams } from './text-params.ts';

/**
 * The key of one of our texts. A key outside of the catalogue `pages` starts with its catalogue: `errors:…`, `mails:…`.
 */
export type TextKey = keyof TextParams;

/** The key of a host's own text. Only that host knows its keys. */
type SiteKey = `site:${string}`;

/**
 * A text in one language. The compiler checks the key, and that every variable of the text gets a value. If the key is
 * a union, the values of all its texts are needed.
 */
export type Translate = <Key extends TextKey | SiteKey>(key: Key, ...values: ValuesOf<Key>) => string;

type Params = Readonly<Record<string, string | number>>;

type ValuesOf<Key> = keyof Needed<Key> extends never ? [params?: Params] : [params: Needed<Key> & Params];

/** The values that all of these keys need together. Inferring from a function's parameter gives an intersection. */
type Needed<Key> = (
  Key extends TextKey
    ? (needed: TextParams[Key]) => void
    : (needed: object) => void
) extends (needed: infer All) => void
  ? All
  : never;

export interface Language {
  /** A BCP 47 tag. */
  readonly code: string;
  /** The name of the language in itself, such as `Español`. */
  readonly name: string;
  readonly dir: 'ltr' | 'rtl';
}

export interface Translations {
  /** The offered languages, the fallback first. */
  readonly languages: readonly Language[];
  offers(code: string): boolean;
  /**
   * The best offered language for an `Accept-Language` header, in the reader's order of preference. Default: the
   * fallback.
   */
  negotiate(acceptLanguage: string | undefined): string;
  /** The offered language nearest to a tag, such as `es` for `es-UY`. Null if none is near. */
  nearest(tag: string): string | null;
  translate(code: string): Translate;
}

/**
 * The texts of these languages: ours, with a host's own texts over them.
 * @throws {Error} for a language without a catalogue, and for own texts that replace none of ours.
 */
export function translations(codes: readonly string[], ownTexts: OwnTexts = {}): Translations {
  const all = mergedOver(catalogues, checkedTexts(ownTexts)) as Record<string, Record<string, object>>;
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
    // A text that is not translated yet is shown in the fallback language.
    returnEmptyString: false,
    initAsync: false,
  });
  void instance.init();
  const textsIn = (code: string): Translate => {
    const inLanguage = instance.getFixedT(code);
    const shown = instance.dir(code) === 'rtl' ? isolated : (value: string) => value;
    return keptTexts({
      resolve: (key, params) => inLanguage(key, shownParams(params, shown)),
      written: (key) =>
        instance.exists(key, { lng: code }) ? String(inLanguage(key, { skipInterpolation: true })) : null,
      shown,
    });
  };
  const texts = new Map(codes.map((code) => [code, textsIn(code)]));
  const inFallback = texts.get(fallback) ?? textsIn(fallback);
  return {
    languages: codes.map((code) => ({ code, name: nameOf(code), dir: instance.dir(code) })),
    offers: (code) => codes.includes(code),
    negotiate: (acceptLanguage) => bestOf(codes, acceptLanguage) ?? fallback,
    nearest: (tag) => bestOf(codes, tag),
    translate: (code) => texts.get(code) ?? inFallback,
  };
}

function bestOf(codes: readonly string[], acceptLanguage: string | undefined): string | null {
  const accepted = new Negotiator({ headers: { 'accept-language': acceptLanguage } });
  return accepted.language([...codes]) ?? null;
}

/**
 * Isolates a value by U+2068 and U+2069, as `<bdi>` does in markup. Otherwise a nickname in Latin letters would move the
 * punctuation next to it to its other side.
 */
function isolated(value: string): string {
  return `\u2068${value}\u2069`;
}

/** The values as a text shows them; the context chooses the text, and is not shown. */
function shownParams(params: Params, shown: (value: string) => string): Params {
  const entries = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' && name !== 'context' ? shown(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** A language's name for itself, with a capital letter if it has such letters. */
function nameOf(code: string): string {
  const name = new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
