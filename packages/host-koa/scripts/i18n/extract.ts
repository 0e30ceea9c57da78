// `pnpm i18n:extract [folder] [--remove-unused]`: adds the missing texts to every language, empty, and writes the keys
// for the compiler. `pnpm i18n:check` refuses empty texts. Removes texts only with `--remove-unused`.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { extractTexts } from './extract-texts.ts';

const { values, positionals } = parseArgs({
  options: { 'remove-unused': { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = positionals[0] ?? join(import.meta.dirname, '../..');
process.exitCode = extractTexts(folder, { removeUnused: values['remove-unused'] }, (line) =>
  console.log(line),
);
