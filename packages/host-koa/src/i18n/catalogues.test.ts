import { errorCodes, fieldProblemKinds } from '@microblog/core';
import { describe, expect, it } from 'vitest';
import { hostErrorCodes, statuses } from '../host-errors.ts';
import { catalogues } from './catalogues.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Every text of a catalogue by its dotted key, `pages:`, `errors:` or `mails:` in front. */
function textsOf(code: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (node: object, path: string) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string') texts.set(`${path}${key}`, value);
      else walk(value, `${path}${key}.`);
    }
  };
  const { pages = {}, errors = {}, mails = {} } = catalogues[code] ?? {};
  walk(pages, 'pages:');
  walk(errors, 'errors:');
  walk(mails, 'mails:');
  return texts;
}

/** Keys that count something, without the ending: a text with `_other` beside it. */
function countedKeys(texts: Map<string, string>): string[] {
  return [...texts.keys()].filter((key) => key.endsWith('_other')).map((key) => key.replace(PLURAL, ''));
}

function plainKeys(texts: Map<string, string>): string[] {
  const counted = new Set(countedKeys(texts));
  return [...texts.keys()].filter((key) => !(PLURAL.test(key) && counted.has(key.replace(PLURAL, ''))));
}

/** What is filled in: `{{name}}` by the catalogue, `{name}` by the browser's script. Formats are the language's own. */
function variablesOf(text: string): string[] {
  const found = text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}|\{(\w+)\}/g);
  return [...new Set([...found].map(([, server, browser]) => server ?? `browser ${browser}`))].sort();
}

const english = textsOf('en');

describe.each(Object.keys(catalogues))('the catalogue of %s', (code) => {
  const texts = textsOf(code);

  it('has the keys that English has', () => {
    expect(plainKeys(texts).sort()).toEqual(plainKeys(english).sort());
    expect(countedKeys(texts).sort()).toEqual(countedKeys(english).sort());
  });

  it('has each plural form of its language, and no other', () => {
    const categories = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    for (const key of countedKeys(texts)) {
      const forms = [...texts.keys()].filter((text) => PLURAL.test(text) && text.replace(PLURAL, '') === key);
      expect(forms.sort()).toEqual(categories.map((category) => `${key}_${category}`).sort());
    }
  });

  it('fills in what English fills in', () => {
    for (const [key, text] of texts) {
      const model = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '';
      expect({ key, variables: variablesOf(text) }).toEqual({ key, variables: variablesOf(model) });
    }
  });

  it('has no empty text and none with white space around it', () => {
    for (const [key, text] of texts) expect({ key, text }).toEqual({ key, text: text.trim() || 'a text' });
  });

  it.each([...errorCodes, ...hostErrorCodes])('has a title and a text for the error %s', (error) => {
    expect(texts.get(`errors:codes.${error}.title`)).toBeDefined();
    expect(texts.get(`errors:codes.${error}.text`)).toBeDefined();
  });

  it('has texts for no other error', () => {
    const keys = [...texts.keys()].filter((key) => key.startsWith('errors:codes.'));
    const codes = new Set(keys.map((key) => key.split('.')[1]));
    expect([...codes].sort()).toEqual([...errorCodes, ...hostErrorCodes].sort());
  });

  it.each(fieldProblemKinds)('has a text for the field problem %s', (problem) => {
    expect(texts.get(`errors:fields.${problem}`)).toBeDefined();
  });
});

describe('statuses', () => {
  it('has a status of 400 or more for every code, and for no other', () => {
    expect(Object.keys(statuses).sort()).toEqual([...errorCodes, ...hostErrorCodes].sort());
    expect(Object.values(statuses).every((status) => status >= 400 && status < 600)).toBe(true);
  });
});
