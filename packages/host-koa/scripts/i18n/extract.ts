// `pnpm i18n:extract [folder] [--remove-unused]`: writes what is missing into every language, empty, for people to
// fill in; `pnpm i18n:check` refuses what is empty. Takes nothing out unless it is asked to.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { extractedTexts } from './extracted-texts.ts';

const { values, positionals } = parseArgs({
  options: { 'remove-unused': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = positionals[0] ?? join(import.meta.dirname, '../..');
const { files, faults } = extractedTexts(folder, { removeUnused: values['remove-unused'] });
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
} else {
  const changed = files.filter(({ source, content }) => source !== content);
  for (const { file, content, added, removed } of changed) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    for (const key of added) console.log(`${file}: ${key} added, to be written`);
    for (const key of removed) console.log(`${file}: ${key} taken out`);
    if (added.length + removed.length === 0) console.log(`${file}: put in order`);
  }
  if (changed.length === 0) console.log('Nothing to add.');
}
