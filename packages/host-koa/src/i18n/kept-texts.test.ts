import { createInstance, type Resource } from 'i18next';
import { describe, expect, it } from 'vitest';
import { catalogues } from './catalogues.ts';
import { translations } from './translations.ts';

type Params = Readonly<Record<string, string | number>>;

const codes = ['en', 'es', 'ar', 'fr'];

/** The same texts by i18next alone. */
function byI18next(code: string): (key: string, params: Params) => string {
  const instance = createInstance({
    lng: 'en',
    fallbackLng: 'en',
    supportedLngs: codes,
    resources: catalogues as unknown as Resource,
    ns: ['pages', 'errors', 'mails'],
    defaultNS: 'pages',
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    initAsync: false,
  });
  void instance.init();
  const t = instance.getFixedT(code);
  const isolated = (params: Params) =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        code === 'ar' && typeof value === 'string' && name !== 'context' ? `\u2068${value}\u2069` : value,
      ]),
    );
  return (key, params) => t(key, isolated(params));
}

/** Every key of a catalogue, without the endings of plurals, with the names of its values. */
function keysOf(texts: object, prefix: string): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const [name, text] of Object.entries(texts)) {
    const key = `${prefix}${name}`;
    if (typeof text === 'object')
      for (const [inner, names] of keysOf(text, `${key}.`)) keys.set(inner, names);
    else {
      const base = key.replace(/_(zero|one|two|few|many|other)$/, '');
      const names = [...String(text).matchAll(/\{\{\s*(\w+)/g)].map(([, found = '']) => found);
      keys.set(base, new Set([...(keys.get(base) ?? []), ...names]));
    }
  }
  return keys;
}

const values: readonly (string | number)[] = [
  'Ada',
  '',
  '<b>$&$1</b>',
  '{{nickname}}',
  '{{max}}',
  '$t(home.title)',
  0,
  1,
  2,
  11,
  1_234_567,
  1.5,
];

const keys = Object.entries(catalogues.en ?? {}).flatMap(([catalogue, texts]) => [
  ...keysOf(texts, catalogue === 'pages' ? '' : `${catalogue}:`),
]);

describe('kept texts', () => {
  it.each(codes)('are those of i18next, with any value (%s)', (code) => {
    const plain = byI18next(code);
    const kept = translations(codes).translate(code) as (key: string, params?: Params) => string;
    expect(keys.length).toBeGreaterThan(200);
    const wrong: unknown[] = [];
    for (const [key, names] of keys) {
      const cases: Params[] = [
        {},
        { unused: 'x' },
        ...values.map((value) => Object.fromEntries([...names].map((name) => [name, value]))),
        ...['Ada', 1].map((value) => Object.fromEntries([...names].slice(0, 1).map((name) => [name, value]))),
      ];
      // Twice: made, and kept.
      for (const params of [...cases, ...cases]) {
        const [mine, theirs] = [kept(key, params), plain(key, params)];
        if (mine !== theirs) wrong.push([key, params, mine, theirs]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('name an unknown key, as i18next does', () => {
    const kept = translations(codes).translate('en') as (key: string, params?: Params) => string;
    for (const key of ['unknown.key', 'home', 'site:unknown', 'constructor', '']) {
      expect([key, kept(key)]).toEqual([key, byI18next('en')(key, {})]);
      expect([key, kept(key, { a: 'b' })]).toEqual([key, byI18next('en')(key, { a: 'b' })]);
    }
  });
});
