import type { TextTree } from '../../src/i18n/catalogue.ts';
import { keysOf, pluralForms, textsOf, treeOf, withoutForm } from '../../src/i18n/text-keys.ts';
import { inOrder, type LocaleFile, localeFiles, MODEL, serialized } from './locale-files.ts';
import { type SourceKeys, sourceKeys } from './source-keys.ts';

interface ExtractedFile {
  /** Relative to the package. */
  readonly file: string;
  readonly source: string | null;
  /** What the file should hold. */
  readonly content: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What the files of all languages should hold: what the code asks for, in the order of the model. */
export function extractedTexts(
  folder: string,
  { removeUnused }: { readonly removeUnused: boolean },
): { readonly files: readonly ExtractedFile[]; readonly faults: readonly string[] } {
  const found = localeFiles(folder);
  const faults = found
    .filter(({ source, tree }) => source !== null && tree === null)
    .map(({ file, fault }) => `${file}: ${fault} Correct the file, then extract again.`);
  const keys = sourceKeys(folder);
  const models = new Map<string, TextTree>();
  const files = found.map((file) => {
    const before = textsOf(file.tree ?? {});
    const model = file.language === MODEL ? modelOf(file, keys) : (models.get(file.name) ?? {});
    if (file.language === MODEL) models.set(file.name, removeUnused ? usedOnly(model, file, keys) : model);
    const after = completed(file, models.get(file.name) ?? model, removeUnused);
    return {
      file: file.file,
      source: file.source,
      content: serialized(after),
      added: [...after.keys()].filter((key) => !before.has(key)),
      removed: [...before.keys()].filter((key) => !after.has(key)),
    };
  });
  return { files, faults };
}

/** The English texts, with those that the code asks for at the end of their group. */
function modelOf({ name, tree }: LocaleFile, { wanted }: SourceKeys): TextTree {
  const texts = textsOf(tree ?? {});
  const known = keysOf(texts);
  for (const { catalogue, key, uses } of wanted.values()) {
    if (catalogue !== name || known.has(key)) continue;
    const counts = uses.some(({ params }) => params?.includes('count'));
    for (const form of counts ? pluralForms(MODEL) : []) texts.set(`${key}_${form}`, '');
    if (!counts) texts.set(key, '');
  }
  return treeOf(texts);
}

function usedOnly(model: TextTree, { name }: LocaleFile, keys: SourceKeys): TextTree {
  const texts = textsOf(model);
  const known = keysOf(texts);
  const used = [...texts].filter(([key]) => keys.mayWant(name, known.has(key) ? key : withoutForm(key)));
  return treeOf(new Map(used));
}

/** The texts of a language, with an empty one for each that is missing. */
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
