import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueName, TextTree } from '../../src/i18n/catalogue.ts';
import type { CatalogueFile } from '../../src/i18n/catalogue-files.ts';
import { keysOf, pluralForms, textsOf, treeOf, withoutForm } from '../../src/i18n/text-keys.ts';
import { inOrder, type LocaleFile, localeFiles, MODEL, modelParts, serialized } from './locale-files.ts';
import { type SourceKeys, sourceKeys, type WantedText } from './source-keys.ts';
import { TYPED_KEYS, typedKeys } from './typed-keys.ts';

interface ExtractedFile {
  /** Relative to the package. */
  readonly file: string;
  readonly source: string | null;
  /** The new content of the file. */
  readonly content: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The new content of the files of all languages: the texts that the code uses, in the order of the model. */
export function extractedTexts(
  folder: string,
  { removeUnused }: { readonly removeUnused: boolean },
): { readonly files: readonly ExtractedFile[]; readonly faults: readonly string[] } {
  const keys = sourceKeys(folder);
  const found = withNewParts(folder, keys);
  const faults = found
    .filter(({ source, tree }) => source !== null && tree === null)
    .map(({ file, fault }) => `${file}: ${fault} Correct the file, then extract again.`);
  const models = new Map(
    found
      .filter(({ language }) => language === MODEL)
      .map((file) => [file.part.file, modelOf(file, { keys, found, removeUnused })]),
  );
  const files = found.map((file) => {
    const before = textsOf(file.tree ?? {});
    const after = completed(file, models.get(file.part.file) ?? {}, removeUnused);
    return {
      file: file.file,
      source: file.source,
      content: serialized(after),
      added: [...after.keys()].filter((key) => !before.has(key)),
      removed: [...before.keys()].filter((key) => !after.has(key)),
    };
  });
  const english = (catalogue: CatalogueName): TextTree => {
    const parts = [...models].filter(([file]) => file.replace(/(\/.*|\.json)$/, '') === catalogue);
    return Object.assign({}, ...parts.map(([, tree]) => tree));
  };
  return { files: [...files, typedKeysFile(folder, typedKeys(english))], faults };
}

function typedKeysFile(folder: string, content: string): ExtractedFile {
  const path = join(folder, TYPED_KEYS);
  const source = existsSync(path) ? readFileSync(path, 'utf8') : null;
  return { file: TYPED_KEYS, source, content, added: [], removed: [] };
}

/** The existing files, and new ones for texts of new areas. */
function withNewParts(folder: string, { wanted }: SourceKeys): LocaleFile[] {
  const parts = modelParts(folder);
  const found = localeFiles(folder, parts);
  const needed = [...wanted.values()].map((text) => partOf(text, found));
  const added = needed.filter(({ file }) => !parts.some((part) => part.file === file));
  return added.length === 0 ? found : localeFiles(folder, [...parts, ...distinct(added)]);
}

function distinct(parts: readonly CatalogueFile[]): CatalogueFile[] {
  return [...new Map(parts.map((part) => [part.file, part])).values()];
}

/** The file of a text: the one that has its area, or a new one if a catalogue is a folder. */
function partOf({ catalogue, key }: WantedText, found: readonly LocaleFile[]): CatalogueFile {
  const area = key.replace(/\..*/, '');
  const files = found.filter(({ language, part }) => language === MODEL && part.catalogue === catalogue);
  const home = files.find(({ tree }) => Object.hasOwn(tree ?? {}, area));
  const single = files.find(({ part }) => part.file === `${catalogue}.json`);
  return (home ?? single)?.part ?? { catalogue, file: `${catalogue}/${area}.json` };
}

interface Extraction {
  readonly keys: SourceKeys;
  readonly found: readonly LocaleFile[];
  readonly removeUnused: boolean;
}

/** The English texts, with the new ones that the code uses at the end of their group. */
function modelOf(file: LocaleFile, { keys, found, removeUnused }: Extraction): TextTree {
  const texts = textsOf(file.tree ?? {});
  const known = keysOf(texts);
  for (const text of keys.wanted.values()) {
    if (known.has(text.key) || partOf(text, found).file !== file.part.file) continue;
    const counts = text.uses.some(({ params }) => params?.includes('count'));
    for (const form of counts ? pluralForms(MODEL) : []) texts.set(`${text.key}_${form}`, '');
    if (!counts) texts.set(text.key, '');
  }
  return removeUnused ? usedOnly(treeOf(texts), file, keys) : treeOf(texts);
}

function usedOnly(model: TextTree, { part }: LocaleFile, keys: SourceKeys): TextTree {
  const texts = textsOf(model);
  const known = keysOf(texts);
  const used = [...texts].filter(([key]) =>
    keys.mayWant(part.catalogue, known.has(key) ? key : withoutForm(key)),
  );
  return treeOf(new Map(used));
}

/** The texts of a language, with an empty text for each missing one. */
function completed(
  { language, tree }: LocaleFile,
  model: TextTree,
  removeUnused: boolean,
): Map<string, string> {
  const texts = textsOf(tree ?? {});
  const wanted = [...keysOf(textsOf(model))].flatMap(([key, { counts }]) =>
    counts ? pluralForms(language).map((form) => `${key}_${form}`) : [key],
  );
  for (const key of wanted) if (!texts.has(key)) texts.set(key, '');
  const kept = removeUnused ? new Map([...texts].filter(([key]) => wanted.includes(key))) : texts;
  return inOrder(kept, model);
}
