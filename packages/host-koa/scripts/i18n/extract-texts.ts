import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extractedTexts } from './extracted-texts.ts';
import { TYPED_KEYS } from './typed-keys.ts';

/** Writes the changed files, reports every key, and returns the exit code. */
export function extractTexts(
  folder: string,
  options: { readonly removeUnused: boolean },
  report: (line: string) => void,
): 0 | 1 {
  const { files, faults } = extractedTexts(folder, options);
  for (const fault of faults) report(fault);
  if (faults.length > 0) return 1;
  const changed = files.filter(({ source, content }) => source !== content);
  for (const { file, content, added, removed } of changed) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    for (const key of added) report(`${file}: ${key} added, to be written`);
    for (const key of removed) report(`${file}: ${key} taken out`);
    if (file === TYPED_KEYS) report(`${file}: written`);
    else if (added.length + removed.length === 0) report(`${file}: put in order`);
  }
  if (changed.length === 0) report('Nothing to add.');
  return 0;
}
