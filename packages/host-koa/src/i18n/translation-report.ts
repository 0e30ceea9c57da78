import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueNames, type TextTree } from './catalogue.ts';
import { catalogueFaults } from './catalogue-faults.ts';
import { catalogues } from './catalogues.ts';
import { type OwnTextFile, ownTextFiles } from './own-text-files.ts';
import { laidOver } from './own-texts.ts';
import type { TextFault } from './text-fault.ts';
import { keysOf, textsOf } from './text-keys.ts';

/** How far a language is translated. Texts that count are one, whatever their forms. */
export interface LanguageReport {
  /** A BCP 47 tag. */
  readonly language: string;
  /** Whether `LANGUAGES` names it. */
  readonly offered: boolean;
  /** Texts that pages, errors and mails need, and those that the place has of its own. */
  readonly texts: number;
  /** Texts that the operator brought, or replaced. */
  readonly own: number;
  /** Texts that are shown in the first language that is offered. */
  readonly missing: number;
}

/** What `translationReport` finds: language by language, and fault by fault. */
export interface TranslationReport {
  readonly languages: readonly LanguageReport[];
  /** What is wrong in files of the operator. */
  readonly faults: readonly TextFault[];
  /** What is shown in another language, text by text. */
  readonly missing: readonly TextFault[];
}

/**
 * Compares an operator's own texts, in `locales` of the theme's folder, with what pages need. `languages` are those
 * that are offered, the first being shown where a text is missing.
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
  // The place's own texts have no other model than those of the first language that has some.
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
    const below = laidOver(ours, mergedTree(own, name)) as TextTree;
    return files.flatMap(({ file, tree }, index) =>
      // What all files of a catalogue lack is reported once.
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
  return trees.reduce((merged, tree) => laidOver(merged, tree) as TextTree, {});
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
