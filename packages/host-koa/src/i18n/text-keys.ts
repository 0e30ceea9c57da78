import type { TextTree } from './catalogue.ts';

const FORM = /_(zero|one|two|few|many|other)$/;
const FORMS: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** The texts of a catalogue by dotted key, in its order. */
export function textsOf(tree: TextTree): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (node: TextTree, path: string) => {
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string') texts.set(`${path}${key}`, value);
      else walk(value, `${path}${key}.`);
    }
  };
  walk(tree, '');
  return texts;
}

/** The keys without plural forms. `counts` is true if a key has such forms. */
export function keysOf(texts: ReadonlyMap<string, string>): Map<string, { readonly counts: boolean }> {
  const counted = new Set([...texts.keys()].filter((key) => key.endsWith('_other')).map(withoutForm));
  const keys = [...texts.keys()].map((key) => (counted.has(withoutForm(key)) ? withoutForm(key) : key));
  return new Map(keys.map((key) => [key, { counts: counted.has(key) }]));
}

/** A key without the ending of a plural form, if it has one. */
export function withoutForm(key: string): string {
  return key.replace(FORM, '');
}

/** The plural forms of a language by CLDR, from the fewest to the most. */
export function pluralForms(language: string): Intl.LDMLPluralRule[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return FORMS.filter((form) => pluralCategories.includes(form));
}

/** True if a plural form is for one number only. A text may then write that number in words. */
export function isOfOneNumber(language: string, form: string): boolean {
  const rules = new Intl.PluralRules(language);
  return (
    Array.from({ length: 1000 }, (_, number) => rules.select(number)).filter((of) => of === form).length === 1
  );
}

/**
 * The variables of a text: `{{name}}` for the server, `{name}` for a script of the page. Formats, which differ by
 * language, are left out.
 */
export function variablesOf(text: string): string[] {
  const found = text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}|(\{\w+\})/g);
  return [...new Set([...found].map(([, server, browser]) => server ?? browser ?? ''))].sort();
}

/** A catalogue of these texts, nested, in the same order. */
export function treeOf(texts: ReadonlyMap<string, string>): TextTree {
  const tree: Record<string, unknown> = {};
  for (const [key, text] of texts) {
    const path = key.split('.');
    const last = path.pop() ?? key;
    let node = tree;
    for (const part of path) {
      node[part] ??= {};
      node = node[part] as Record<string, unknown>;
    }
    node[last] = text;
  }
  return tree as TextTree;
}
