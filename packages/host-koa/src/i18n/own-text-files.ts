import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueNames, type TextTree } from './catalogue.ts';
import { isLanguageTag } from './language-tag.ts';
import type { TextFault } from './text-fault.ts';
import { readTextFile } from './text-file.ts';

/** Texts of an operator's own, as they were found. */
export interface OwnTextFile {
  readonly language: string;
  readonly catalogue: string;
  readonly file: string;
  readonly tree: TextTree;
}

const NAMES: readonly string[] = [...catalogueNames, 'site'];

/** Reads `<language>/<catalogue>.json` below a folder, and goes on where one can't be used. */
export function ownTextFiles(folder: string): {
  readonly files: readonly OwnTextFile[];
  readonly faults: readonly TextFault[];
} {
  const files: OwnTextFile[] = [];
  const faults: TextFault[] = [];
  const tell = (kind: TextFault['kind'], file: string, problem: string, remedy: string) =>
    faults.push({ kind, file, key: null, problem, remedy });
  for (const language of readdirSync(folder).filter(isVisible).sort()) {
    const path = join(folder, language);
    if (!isLanguageTag(language)) {
      tell('unexpected', path, `“${language}” is no language tag.`, 'Name the folder like fr or pt-BR.');
      continue;
    }
    for (const name of readdirSync(path).filter(isVisible).sort()) {
      const catalogue = name.replace(/\.json$/, '');
      const file = join(path, name);
      if (name === catalogue || !NAMES.includes(catalogue)) {
        tell(
          'unexpected',
          file,
          'Nothing reads this.',
          `There may be ${NAMES.map((of) => `${of}.json`).join(', ')}.`,
        );
        continue;
      }
      const { tree, fault } = readTextFile(file);
      if (tree === null) tell('unreadable', file, fault ?? '', 'Correct the file.');
      else files.push({ language, catalogue, file, tree });
    }
  }
  return { files, faults };
}

function isVisible(name: string): boolean {
  return !name.startsWith('.');
}
