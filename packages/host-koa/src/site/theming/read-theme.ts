import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { optionFaults } from '@microblog/core';
import { isTextTree } from '../../i18n/catalogue.ts';
import { type CatalogueFile, catalogueFiles } from '../../i18n/catalogue-files.ts';
import { checkedTexts, mergedOver, type OwnCatalogues, type OwnTexts } from '../../i18n/own-texts.ts';
import { type Theming, themingSchema } from './theming.ts';

const PARTS = ['theme.json', 'views', 'assets', 'locales'];

/**
 * Reads a theme folder, in which everything is optional: `theme.json` (brand, theme, footer), `views/`, `assets/`,
 * and `locales/<language>/<catalogue>.json`, or a folder of such files, `<catalogue>/*.json`. The result is for
 * `createKoaApp`.
 * @throws {Error} with the file and what is wrong there.
 */
export function readTheme(directory: string): Theming {
  const names = contentOf(directory);
  const part = (name: string) => (names.includes(name) ? join(directory, name) : undefined);
  const views = part('views');
  const assets = part('assets');
  const locales = part('locales');
  if (names.length > 0 && !PARTS.some((name) => names.includes(name))) {
    throw new Error(`${directory} contains no part of a theme; expected ${PARTS.join(', ')}.`);
  }
  return {
    ...readSettings(join(directory, 'theme.json')),
    ...(views === undefined ? {} : { views }),
    ...(assets === undefined ? {} : { assets }),
    ...(locales === undefined ? {} : { locales: readLocales(locales) }),
  };
}

function readSettings(path: string): Pick<Theming, 'brand' | 'theme' | 'footer'> {
  if (!existsSync(path)) return {};
  const given = readJson(path);
  const faults = optionFaults(themingSchema, given);
  if (faults.length > 0) throw new Error(`${path}: ${faults.join('; ')}`);
  return themingSchema.parse(given);
}

function readLocales(directory: string): OwnTexts {
  const texts = Object.fromEntries(
    contentOf(directory).map((language) => [language, readCatalogues(join(directory, language))]),
  );
  return checkedTexts(texts);
}

function readCatalogues(directory: string): OwnCatalogues {
  const texts: Record<string, object> = {};
  for (const { catalogue, file } of filesOf(directory)) {
    const content = readJson(join(directory, file));
    if (!isTextTree(content)) throw new Error(`${join(directory, file)}: expected texts by their keys.`);
    texts[catalogue] = mergedOver(texts[catalogue] ?? {}, content);
  }
  return texts;
}

function filesOf(directory: string): CatalogueFile[] {
  try {
    return catalogueFiles(directory);
  } catch (error) {
    throw new Error(`${directory} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
}

function contentOf(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => !name.startsWith('.'));
  } catch (error) {
    throw new Error(`${directory} can't be read: ${(error as Error).message}`, { cause: error });
  }
}
