import { join } from 'node:path';
import { catalogueNames, type TextTree } from '../../src/i18n/catalogue.ts';
import { type CatalogueFile, catalogueFiles, visibleEntries } from '../../src/i18n/catalogue-files.ts';
import { readTextFile, type TextFile } from '../../src/i18n/text-file.ts';
import { keysOf, pluralForms, textsOf, treeOf } from '../../src/i18n/text-keys.ts';

/** One file of texts in one language. */
export interface LocaleFile extends TextFile {
  readonly language: string;
  /** The part that it shares with the same file of other languages. */
  readonly part: CatalogueFile;
  /** Relative to the package. */
  readonly file: string;
}

/**
 * The language in which texts are first written. The others have the same files, with the same keys in the same order.
 */
export const MODEL = 'en';

/** The files of all languages, those of the model first. The source is null if a language lacks the file. */
export function localeFiles(folder: string, parts: readonly CatalogueFile[]): LocaleFile[] {
  const locales = join(folder, 'locales');
  const others = visibleEntries(locales).filter(({ name, isFolder }) => isFolder && name !== MODEL);
  return [MODEL, ...others.map(({ name }) => name)].flatMap((language) =>
    parts.map((part) => {
      const file = `locales/${language}/${part.file}`;
      return { language, part, file, ...readTextFile(join(folder, file)) };
    }),
  );
}

/** The files that each language must have: those of the model. */
export function modelParts(folder: string): CatalogueFile[] {
  const found = catalogueFiles(join(folder, 'locales', MODEL));
  return catalogueNames.flatMap((catalogue) => {
    const parts = found.filter((part) => part.catalogue === catalogue);
    return parts.length > 0 ? parts : [{ catalogue, file: `${catalogue}.json` }];
  });
}

/** All texts of a catalogue in a language, from all its files. */
export function treeOfCatalogue(files: readonly LocaleFile[], language: string, catalogue: string): TextTree {
  const trees = files
    .filter((file) => file.language === language && file.part.catalogue === catalogue)
    .map(({ tree }) => tree ?? {});
  return Object.assign({}, ...trees);
}

/** Other files in `locales`, and empty folders, relative to the package. */
export function strayFiles(folder: string, parts: readonly CatalogueFile[]): string[] {
  const known = new Set(
    parts.flatMap(({ file }) => [file, ...(file.includes('/') ? [file.split('/')[0]] : [])]),
  );
  const walk = (path: string): string[] =>
    visibleEntries(join(folder, 'locales', path)).flatMap(({ name, isFolder }) => {
      const entry = path === '' ? name : `${path}/${name}`;
      const isLanguage = path === '' && isFolder;
      if (!isLanguage && !known.has(entry.replace(/^[^/]*\//, ''))) return [`locales/${entry}`];
      return isFolder ? walk(entry) : [];
    });
  return walk('');
}

/**
 * The texts in the order of the model, plural forms from the fewest to the most; texts unknown to the model at the end.
 */
export function inOrder(texts: ReadonlyMap<string, string>, model: TextTree): Map<string, string> {
  const order = new Map<string, number>();
  for (const [key, { counts }] of keysOf(textsOf(model))) {
    for (const form of counts ? pluralForms('ar') : ['']) {
      order.set(form === '' ? key : `${key}_${form}`, order.size);
    }
  }
  const place = (key: string) => order.get(key) ?? Number.POSITIVE_INFINITY;
  return new Map([...texts].sort(([one], [other]) => compare(place(one), place(other))));
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}

/** The content of a file. Invisible characters are written as escapes: no-break spaces, marks of direction. */
export function serialized(texts: ReadonlyMap<string, string>): string {
  const json = JSON.stringify(treeOf(texts), null, 2);
  const unseen = /[\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;
  return `${json.replace(unseen, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** The first key whose place differs from that in the model, or null. */
export function firstOutOfOrder(texts: ReadonlyMap<string, string>, model: TextTree): string | null {
  const wanted = [...inOrder(texts, model).keys()];
  return [...texts.keys()].find((key, index) => key !== wanted[index]) ?? null;
}
