// `pnpm i18n:check [folder]`: every text is there in every language, is used, and fills in the same things.
import { join } from 'node:path';
import { checkTexts } from './check-texts.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../..');
process.exitCode = checkTexts(folder, (line) => console.error(line));
