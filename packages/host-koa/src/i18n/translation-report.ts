import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueNames, type TextTree } from './catalogue.ts';
import { catalogueFaults } from './catalogue-faults.ts';
import { catalogues } from './catalogues.ts';
import { type OwnTextFile, ownTextFiles } from './own-text-files.ts';
import { mergedOver } from './own-texts.ts';
import type { TextFault } from './text-fault.ts';
import { keysOf, textsOf } from './text-keys.ts';

/** The state of a language's translation. A text with plural forms counts as one. */
export interface LanguageReport {
  /** A BCP 47 tag. */
  readonly language: string;
  /** True if `LANGUAGES` contains it. */
  readonly offered: boolean;
  /** Texts that pages, errors and mails need, and the site's own texts. */
  readonly texts: number;
  /** Texts that the operator has added or replaced. */
  readonly own: number;
  /** Missing texts; pages show them in the first offered language. */
  readonly missing: number;
}

/** The result of `translationReport`. */
export interface TranslationReport {
  readonly languages: readonly LanguageReport[];
  /** Faults in files of the operator. */
  readonly faults: readonly TextFault[];
  /** Missing texts; pages show them in another language. */
  readonly missing: readonly TextFault[];
}

/**
 * Compares an operator's own texts, in `locales` of the theme's folder, with the texts that pages need. `languages` are
 * the offered ones. A missing text is shown in the first of them.
 */
export function translationReport({
  languages,
  themeDirectory,
}: {
  readonly languages: readonly string[];
  readonly themeDirectory: string | undefined;
}): TranslationReport {
  const folder = themeDirectory === undefined ? undefined : join(themeDirectory, 'locales');
  const read = folder !== undefined && existsSync(folder) ? ownTextFiles(folder) : { files: [], faults: [] };
  const codes = [...new Set([...languages, ...read.files.map(({ language }) => language)])];
  // The site's own texts are compared with those of the first language that has any.
  const site = languages
    .map((code) => mergedTree(ofLanguage(read.files, code), 'site'))
    .find((tree) => Object.keys(tree).length > 0);
  const found = codes.map((language) => ({
    language,
    faults: faultsOf(language, ofLanguage(read.files, language), { site, folder: folder ?? 'locales' }),
  }));
  const isMissing = ({ kind }: TextFault) => kind === 'missing';
  const all = found.flatMap(({ faults }) => faults);
  return {
    languages: found.map(({ language, faults }) => ({
      language,
      offered: languages.includes(language),
      texts: needed(site),
      own: ofLanguage(read.files, language).reduce((sum, { tree }) => sum + keysOf(textsOf(tree)).size, 0),
      missing: faults.filter(isMissing).length,
    })),
    faults: [...read.faults, ...all.filter((fault) => !isMissing(fault))],
    missing: all.filter(isMissing),
  };
}

function faultsOf(
  language: string,
  own: readonly OwnTextFile[],
  { site, folder }: { readonly site: TextTree | undefined; readonly folder: string },
): TextFault[] {
  const compare = (name: string, model: TextTree, ours: TextTree = {}) => {
    const found = own.filter(({ catalogue }) => catalogue === name);
    const files = found.length > 0 ? found : [{ file: join(folder, language, `${name}.json`), tree: {} }];
    const below = mergedOver(ours, mergedTree(own, name)) as TextTree;
    return files.flatMap(({ file, tree }, index) =>
      // Texts that are missing in all files of a catalogue are reported once.
      catalogueFaults({ file, language, tree, model, below, mayLeaveOut: true }).filter(
        ({ kind }) => index === 0 || !/missing$/.test(kind),
      ),
    );
  };
  const ours = catalogueNames.flatMap((name) =>
    compare(name, catalogues.en?.[name] ?? {}, compiled(language)?.[name]),
  );
  return site === undefined ? ours : [...ours, ...compare('site', site)];
}

/** The texts of a catalogue from all its files. */
function mergedTree(files: readonly OwnTextFile[], name: string): TextTree {
  const trees = files.filter(({ catalogue }) => catalogue === name).map(({ tree }) => tree);
  return trees.reduce((merged, tree) => mergedOver(merged, tree) as TextTree, {});
}

function compiled(language: string) {
  return Object.hasOwn(catalogues, language) ? catalogues[language] : undefined;
}

function ofLanguage(files: readonly OwnTextFile[], language: string): OwnTextFile[] {
  return files.filter((file) => file.language === language);
}

function needed(site: TextTree | undefined): number {
  const trees = [...catalogueNames.map((name) => catalogues.en?.[name] ?? {}), site ?? {}];
  return trees.reduce((sum, tree) => sum + keysOf(textsOf(tree)).size, 0);
}
