import { type CatalogueName, catalogueNames, type TextTree } from '../../src/i18n/catalogue.ts';
import { keysOf, textsOf, withoutForm } from '../../src/i18n/text-keys.ts';

/** The module with the keys of all texts for the compiler, relative to the package. */
export const TYPED_KEYS = 'src/i18n/text-params.ts';

/** The source of that module, generated from the English texts. */
export function typedKeys(english: (catalogue: CatalogueName) => TextTree): string {
  const lines = catalogueNames.flatMap((catalogue) => {
    const texts = textsOf(english(catalogue));
    return [...keysOf(texts)].map(([key, { counts }]) => {
      const forms = [...texts].filter(([name]) => name === key || (counts && withoutForm(name) === key));
      const name = catalogue === 'pages' ? key : `${catalogue}:${key}`;
      return `  ${JSON.stringify(name)}: ${typeOf(
        forms.map(([, text]) => text),
        counts,
      )};`;
    });
  });
  return `// Written by \`pnpm i18n:extract\` from the English texts; do not edit.
// biome-ignore-all format: written by a program

type Value = string | number;

// biome-ignore lint/complexity/noBannedTypes: no property is required
type None = {};

/** The values that each text needs, by its key. A text with plural forms has one key for all of them. */
export interface TextParams {
${lines.sort().join('\n')}
}
`;
}

/** A value with a format, `{{count, number}}`, is a number. */
function typeOf(texts: readonly string[], counts: boolean): string {
  const types = new Map<string, string>(counts ? [['count', 'number']] : []);
  for (const [, name = '', format] of texts.flatMap((text) => [
    ...text.matchAll(/\{\{\s*(\w+)\s*(,[^}]*)?\}\}/g),
  ])) {
    if (types.get(name) !== 'number') types.set(name, format === undefined ? 'Value' : 'number');
  }
  const members = [...types].sort().map(([name, type]) => `${name}: ${type}`);
  return members.length === 0 ? 'None' : `{ ${members.join('; ')} }`;
}
