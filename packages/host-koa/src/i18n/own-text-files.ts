import { join } from 'node:path';
import { catalogueNames, type TextTree } from './catalogue.ts';
import { catalogueFiles, visibleEntries } from './catalogue-files.ts';
import { isLanguageTag } from './language-tag.ts';
import type { TextFault } from './text-fault.ts';
import { readTextFile } from './text-file.ts';

/** One file of an operator's own texts. */
export interface OwnTextFile {
  readonly language: string;
  readonly catalogue: string;
  readonly file: string;
  readonly tree: TextTree;
}

const NAMES: readonly string[] = [...catalogueNames, 'site'];

/** Reads the texts in a folder, language by language. Reports an invalid file, and continues. */
export function ownTextFiles(folder: string): {
  readonly files: readonly OwnTextFile[];
  readonly faults: readonly TextFault[];
} {
  const files: OwnTextFile[] = [];
  const faults: TextFault[] = [];
  const report = (kind: TextFault['kind'], file: string, problem: string, remedy: string) =>
    faults.push({ kind, file, key: null, problem, remedy });
  for (const { name: language, isFolder } of visibleEntries(folder)) {
    const path = join(folder, language);
    if (!isLanguageTag(language)) {
      report('unexpected', path, `“${language}” is not a language tag.`, 'Name the folder like fr or pt-BR.');
      continue;
    }
    if (!isFolder) {
      report('unexpected', path, 'Nothing reads this.', 'There may be a folder of this name.');
      continue;
    }
    for (const file of strayFiles(path)) {
      const remedy = `There may be ${NAMES.map((of) => `${of}.json`).join(', ')}.`;
      report('unexpected', join(path, file), 'Nothing reads this.', remedy);
    }
    for (const { catalogue, file: name } of catalogueFiles(path)) {
      if (!NAMES.includes(catalogue)) continue;
      const file = join(path, name);
      const { tree, fault } = readTextFile(file);
      if (tree === null) report('unreadable', file, fault ?? '', 'Correct the file.');
      else files.push({ language, catalogue, file, tree });
    }
  }
  return { files, faults };
}

/** Files that are not a catalogue, and folders that are not one with at least one file. */
function strayFiles(folder: string): string[] {
  const found = catalogueFiles(folder).filter(({ catalogue }) => NAMES.includes(catalogue));
  const known = new Set(
    found.flatMap(({ catalogue, file }) => [file, ...(file.includes('/') ? [catalogue] : [])]),
  );
  return visibleEntries(folder).flatMap(({ name, isFolder }) => {
    if (!known.has(name)) return [name];
    if (!isFolder) return [];
    const inner = visibleEntries(join(folder, name)).map((entry) => `${name}/${entry.name}`);
    return inner.filter((file) => !known.has(file));
  });
}
