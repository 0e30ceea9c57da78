import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CatalogueName, catalogueNames, type TextTree } from '../../src/i18n/catalogue.ts';
import { readTextFile, type TextFile } from '../../src/i18n/text-file.ts';
import { keysOf, pluralForms, textsOf, treeOf } from '../../src/i18n/text-keys.ts';

/** A file of `locales/<language>`, as it was found. */
export interface LocaleFile extends TextFile {
  readonly language: string;
  readonly name: CatalogueName;
  /** Relative to the package. */
  readonly file: string;
}

/** The language in which texts are written first; the others follow its keys and their order. */
export const MODEL = 'en';

/** What is found in `locales`: every catalogue of every folder, the model first. */
export function localeFiles(folder: string): LocaleFile[] {
  const languages = entriesOf(join(folder, 'locales'), 'folders').sort((one, other) =>
    one === MODEL ? -1 : other === MODEL ? 1 : one.localeCompare(other, 'en'),
  );
  return languages.flatMap((language) => catalogueNames.map((name) => localeFile(folder, language, name)));
}

/** What lies in `locales` and is no catalogue of a language, relative to the package. */
export function strayFiles(folder: string): string[] {
  const locales = join(folder, 'locales');
  const within = entriesOf(locales, 'folders').flatMap((language) =>
    ['files', 'folders'].flatMap((kind) =>
      entriesOf(join(locales, language), kind as 'files')
        .filter((entry) => !catalogueNames.some((name) => entry === `${name}.json`))
        .map((entry) => `locales/${language}/${entry}`),
    ),
  );
  return [...entriesOf(locales, 'files').map((entry) => `locales/${entry}`), ...within];
}

function entriesOf(folder: string, kind: 'files' | 'folders'): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() === (kind === 'folders'))
    .map(({ name }) => name);
}

function localeFile(folder: string, language: string, name: CatalogueName): LocaleFile {
  const file = `locales/${language}/${name}.json`;
  return { language, name, file, ...readTextFile(join(folder, file)) };
}

/** The texts in the order of the model, plural forms from the fewest to the most; what it lacks at the end. */
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

/** As files hold it. What can't be seen is written as an escape: no-break spaces, marks of direction. */
export function serialized(texts: ReadonlyMap<string, string>): string {
  const json = JSON.stringify(treeOf(texts), null, 2);
  const unseen = /[\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;
  return `${json.replace(unseen, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** The first key that stands elsewhere than it should, or null. */
export function firstOutOfOrder(texts: ReadonlyMap<string, string>, model: TextTree): string | null {
  const wanted = [...inOrder(texts, model).keys()];
  return [...texts.keys()].find((key, index) => key !== wanted[index]) ?? null;
}
