import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from './catalogue.ts';
import { readCatalogue, visibleEntries } from './catalogue-files.ts';

/**
 * The texts of all languages in `locales`; each folder is a language. In the build, the texts themselves replace
 * this module (`scripts/compiled-catalogues.js`), so that a starting process reads no file.
 */
export const catalogues: Readonly<Record<string, Catalogue>> = (() => {
  const locales = fileURLToPath(new URL('../../locales', import.meta.url));
  const languages = visibleEntries(locales).filter(({ isFolder }) => isFolder);
  return Object.fromEntries(languages.map(({ name }) => [name, readCatalogue(join(locales, name))]));
})();
