// `pnpm i18n:check [folder]`: every language has every text, the code uses each text, and all languages have the same
// variables.
import { join } from 'node:path';
import { checkTexts } from './check-texts.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../..');
process.exitCode = checkTexts(folder, (line) => console.error(line));
