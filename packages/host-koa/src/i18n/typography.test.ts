import { describe, expect, it } from 'vitest';
import { type Catalogue, catalogueNames } from './catalogue.ts';
import { catalogues } from './catalogues.ts';
import { textsOf } from './text-keys.ts';

const allTexts = (catalogue: Catalogue): [key: string, text: string][] =>
  catalogueNames.flatMap((name) =>
    [...textsOf(catalogue[name])].map(([key, text]): [string, string] => [`${name}:${key}`, text]),
  );

/** Words that the glossary of docs/languages.md replaces. */
const replaced: Readonly<Record<string, readonly RegExp[]>> = {
  en: [/e-mail/i, /\bmails\b/i, /\ba mail\b/i, /\b(cannot|do not|does not|did not|is not)\b/i, /for good/i],
  es: [/apodo/i, /\b(he|has|ha|hemos|han) \p{L}+(ado|ido|to|cho)\b/iu, /prueba/i],
  fr: [/personnes qui gèrent/i, /\best (changé|supprimé|publié)/i, /\b(changer|changez) l[ea’]/i],
  ar: [/محجوز/, /استعم/, /حاول من جديد/],
};

describe.each(Object.entries(catalogues))('texts in %s', (language, catalogue) => {
  const texts = allTexts(catalogue).filter(([key]) => !key.endsWith('.query'));

  it('have typographic apostrophes and ellipses', () => {
    expect(texts.filter(([, text]) => /\p{L}'\p{L}|\.\.\./u.test(text))).toEqual([]);
  });

  it.each(replaced[language] ?? [])('avoid %s', (word) => {
    expect(texts.filter(([, text]) => word.test(text))).toEqual([]);
  });

  if (language === 'fr') {
    it('have a narrow no-break space where French requires one', () => {
      const loose = /[^\u202f][:;?!»]|«[^\u202f]/;
      expect(texts.filter(([, text]) => loose.test(text.replaceAll(/\{\{[^}]*\}\}/g, 'name')))).toEqual([]);
    });
  }

  if (language === 'ar') {
    it('have Arabic punctuation', () => {
      expect(texts.filter(([, text]) => /\p{Script=Arabic}\s*[,;?]/u.test(text))).toEqual([]);
    });
  }
});
