import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextTree } from '../../src/i18n/catalogue.ts';
import { catalogueFaults } from '../../src/i18n/catalogue-faults.ts';
import { isLanguageTag } from '../../src/i18n/language-tag.ts';
import type { TextFault, TextFaultKind } from '../../src/i18n/text-fault.ts';
import { keysOf, textsOf, variablesOf } from '../../src/i18n/text-keys.ts';
import {
  firstOutOfOrder,
  type LocaleFile,
  localeFiles,
  MODEL,
  modelParts,
  serialized,
  strayFiles,
  treeOfCatalogue,
} from './locale-files.ts';
import { type SourceKeys, sourceKeys, type WantedText } from './source-keys.ts';
import { TYPED_KEYS, typedKeys } from './typed-keys.ts';
import type { UsedKey } from './used-key.ts';

/** Faults of catalogues, and mismatches between catalogues and code. */
export type Fault = TextFault<
  | TextFaultKind
  /** No code uses the text. */
  | 'unused'
  /** Two files of a catalogue have texts of one area. */
  | 'divided'
  /** The code uses a text that English lacks. */
  | 'absent'
  /** The code gives no value for a variable of the text. */
  | 'unfilled'
  /** The key is built at run time, and `dynamic-keys.ts` does not list its values. */
  | 'undeclared'
  /** `dynamic-keys.ts` lists a pattern that no code uses. */
  | 'stale'
  /** The keys for the compiler differ from those of English. */
  | 'types'
  | 'order'
  | 'layout'
>;

/** All faults in the catalogues of a package, by file. */
export function findFaults(folder: string): Fault[] {
  const parts = modelParts(folder);
  const files = localeFiles(folder, parts);
  const keys = sourceKeys(folder);
  const english = files.filter(({ language }) => language === MODEL);
  const models = new Map(english.map(({ part, tree }) => [part.file, tree ?? {}]));
  return [
    ...strayFiles(folder, parts).map(stray),
    ...dividedAreas(english),
    ...files.flatMap((file) => faultsOfFile(file, models.get(file.part.file) ?? {})),
    ...english.flatMap((file) => unused(file, keys)),
    ...[...keys.wanted.values()].flatMap((text) =>
      ofCode(text, treeOfCatalogue(files, MODEL, text.catalogue)),
    ),
    ...keys.undeclared.map(undeclared),
    ...keys.stale.map(stale),
    ...staleTypes(folder, (catalogue) => treeOfCatalogue(files, MODEL, catalogue)),
  ];
}

function staleTypes(folder: string, english: Parameters<typeof typedKeys>[0]): Fault[] {
  const path = join(folder, TYPED_KEYS);
  if (existsSync(path) && readFileSync(path, 'utf8') === typedKeys(english)) return [];
  const problem = 'It does not name the texts that English has.';
  return [{ kind: 'types', file: TYPED_KEYS, key: null, problem, remedy: 'pnpm i18n:extract writes it.' }];
}

function stray(file: string): Fault {
  const remedy = 'Remove it: each language has the files of English, and no others.';
  return { kind: 'unexpected', file, key: null, problem: 'Nothing reads this.', remedy };
}

/** If an area is in two files of a catalogue, the texts of the first file would be lost. */
function dividedAreas(english: readonly LocaleFile[]): Fault[] {
  return english.flatMap(({ file, part, tree }, index) => {
    const earlier = english.slice(0, index).filter((other) => other.part.catalogue === part.catalogue);
    return Object.keys(tree ?? {}).flatMap((area): Fault[] => {
      const first = earlier.find((other) => Object.hasOwn(other.tree ?? {}, area));
      if (first === undefined) return [];
      const remedy = 'Move all its texts into one file, in every language.';
      return [{ kind: 'divided', file, key: area, problem: `${first.file} has texts of it, too.`, remedy }];
    });
  });
}

function faultsOfFile(found: LocaleFile, model: TextTree): Fault[] {
  const { language, file, tree, source, fault } = found;
  if (!isLanguageTag(language)) {
    const problem = `“${language}” is not a language tag.`;
    return [{ kind: 'unexpected', file, key: null, problem, remedy: 'Name the folder like fr or pt-BR.' }];
  }
  if (tree === null || source === null) {
    const remedy = source === null ? 'pnpm i18n:extract makes it.' : 'Correct the file.';
    return [{ kind: 'unreadable', file, key: null, problem: fault ?? '', remedy }];
  }
  const faults: Fault[] = catalogueFaults({ file, language, tree, model });
  const texts = textsOf(tree);
  const misplaced = firstOutOfOrder(texts, model);
  if (misplaced !== null) {
    const problem = 'It is not in the place that it has in English.';
    faults.push({ kind: 'order', file, key: misplaced, problem, remedy: 'pnpm i18n:extract sorts.' });
  } else if (serialized(texts) !== source) {
    const problem = 'The layout of the file is wrong, or a key is in it twice.';
    faults.push({ kind: 'layout', file, key: null, problem, remedy: 'pnpm i18n:extract writes it again.' });
  }
  return faults;
}

function unused({ part, file, tree }: LocaleFile, keys: SourceKeys): Fault[] {
  const all = [...keysOf(textsOf(tree ?? {})).keys()];
  return all
    .filter((key) => !keys.mayWant(part.catalogue, key))
    .map((key) => {
      const remedy = 'Remove it from all languages: pnpm i18n:extract --remove-unused does.';
      return { kind: 'unused', file, key, problem: 'No code uses this text.', remedy };
    });
}

function ofCode(wanted: WantedText, model: TextTree): Fault[] {
  const { catalogue, key, uses } = wanted;
  const texts = textsOf(model);
  const known = keysOf(texts).get(key);
  const [use] = uses;
  if (known === undefined) {
    const problem = 'The code uses this text, and English lacks it.';
    const remedy = 'Correct the key, or pnpm i18n:extract and write the text.';
    return [{ kind: 'absent', file: placeOf(use), key: `${catalogue}:${key}`, problem, remedy }];
  }
  const needed = [...texts]
    .filter(([name]) => name === key || (known.counts && name.startsWith(`${key}_`)))
    .flatMap(([, text]) => variablesOf(text).filter((variable) => !variable.startsWith('{')));
  const variables = [...new Set([...needed, ...(known.counts ? ['count'] : [])])];
  return uses.flatMap(({ params, ...place }) => {
    const lacking = params === null ? [] : variables.filter((variable) => !params.includes(variable));
    if (lacking.length === 0) return [];
    const problem = `The code gives no ${lacking.join(', ')}, which the text fills in.`;
    const remedy = 'Give it, or remove it from the text.';
    return [{ kind: 'unfilled', file: placeOf(place), key: `${catalogue}:${key}`, problem, remedy }];
  });
}

function undeclared({ pattern, ...place }: UsedKey): Fault {
  const problem = 'The key is built at run time, and its values are not declared.';
  const remedy = 'Write the key out, or list in scripts/i18n/dynamic-keys.ts what each * stands for.';
  return { kind: 'undeclared', file: placeOf(place), key: pattern, problem, remedy };
}

function stale(pattern: string): Fault {
  const file = 'scripts/i18n/dynamic-keys.ts';
  return { kind: 'stale', file, key: pattern, problem: 'No code uses this key.', remedy: 'Remove it.' };
}

function placeOf(use: Pick<UsedKey, 'file' | 'line'> | undefined): string {
  return use === undefined ? '' : `${use.file}:${use.line}`;
}
