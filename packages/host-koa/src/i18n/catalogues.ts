import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Catalogue, catalogueNames } from './catalogue.ts';

/**
 * What is in `locales`, by language: a folder more is a language more. In the build, the texts themselves stand in
 * the place of this module (`scripts/compiled-catalogues.js`), so that nothing is read when a process starts.
 */
export const catalogues: Readonly<Record<string, Catalogue>> = (() => {
  const locales = fileURLToPath(new URL('../../locales', import.meta.url));
  const read = (language: string) =>
    catalogueNames.map((name) => [
      name,
      JSON.parse(readFileSync(`${locales}/${language}/${name}.json`, 'utf8')),
    ]);
  const folders = readdirSync(locales, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const languages = folders.map(({ name }) => name).sort();
  return Object.fromEntries(languages.map((language) => [language, Object.fromEntries(read(language))]));
})();
