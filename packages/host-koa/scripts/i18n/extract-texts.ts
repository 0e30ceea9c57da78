import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { extractedTexts } from './extracted-texts.ts';

/** Writes the files that change, tells of every key, and returns the exit code. */
export function extractTexts(
  folder: string,
  options: { readonly removeUnused: boolean },
  tell: (line: string) => void,
): 0 | 1 {
  const { files, faults } = extractedTexts(folder, options);
  for (const fault of faults) tell(fault);
  if (faults.length > 0) return 1;
  const changed = files.filter(({ source, content }) => source !== content);
  for (const { file, content, added, removed } of changed) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    for (const key of added) tell(`${file}: ${key} added, to be written`);
    for (const key of removed) tell(`${file}: ${key} taken out`);
    if (added.length + removed.length === 0) tell(`${file}: put in order`);
  }
  if (changed.length === 0) tell('Nothing to add.');
  return 0;
}
