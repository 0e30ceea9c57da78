import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, TextTree } from './catalogue.ts';

/** One file of texts of a language. */
export interface CatalogueFile {
  /** The name of the catalogue: `pages` for `pages.json`, and for `pages/posts.json`. */
  readonly catalogue: string;
  /** The path below the folder of the language, with `/`. */
  readonly file: string;
}

/**
 * Lists the JSON files of a language. A catalogue is a file of its name, a folder of files, or both: their texts are
 * merged. Sorted by path, so that each system reads them in the same order.
 */
export function catalogueFiles(folder: string): CatalogueFile[] {
  const files = visibleEntries(folder).flatMap(({ name, isFolder }) =>
    isFolder ? visibleEntries(join(folder, name)).map((inner) => `${name}/${inner.name}`) : [name],
  );
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ catalogue: file.replace(/(\/.*|\.json)$/, ''), file }));
}

/** The entries of a folder in order, without hidden ones. */
export function visibleEntries(folder: string): { readonly name: string; readonly isFolder: boolean }[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * All texts of a language, from the JSON files in its folder. `i18n:check` ensures that an area, such as `post`, is in
 * one file.
 * @throws {Error} for a file that can't be read, or is invalid JSON.
 */
export function readCatalogue(folder: string): Catalogue {
  const texts: Record<keyof Catalogue, TextTree> = { pages: {}, errors: {}, mails: {} };
  for (const { catalogue, file } of catalogueFiles(folder)) {
    const name = catalogue as keyof Catalogue;
    texts[name] = { ...texts[name], ...JSON.parse(readFileSync(join(folder, file), 'utf8')) };
  }
  return texts;
}
