// `pnpm i18n:extract [folder] [--remove-unused]`: writes what is missing into every language, empty, for people to
// fill in; `pnpm i18n:check` refuses what is empty. Takes nothing out unless it is asked to.
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
