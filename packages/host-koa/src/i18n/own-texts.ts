import type { Catalogue, TextTree } from './catalogue.ts';
import { catalogues } from './catalogues.ts';
import { isLanguageTag } from './language-tag.ts';
import { keysOf, textsOf, withoutForm } from './text-keys.ts';

/** Texts of a host by language and catalogue, with the keys of `locales/en`. Keys of the host's own are in `site`. */
export type OwnTexts = Readonly<Record<string, OwnCatalogues>>;

/** Texts of one language, by catalogue. */
export interface OwnCatalogues {
  readonly pages?: TextTree;
  readonly errors?: TextTree;
  readonly mails?: TextTree;
  readonly site?: TextTree;
}

const model = catalogues.en as Catalogue;

/**
 * Checks texts that replace ours. A misspelt key would change nothing and go unnoticed.
 * @throws {Error} for an invalid language tag, and for keys that we have no text for.
 */
export function checkedTexts(texts: OwnTexts): OwnTexts {
  for (const [language, own] of Object.entries(texts)) {
    if (!isLanguageTag(language))
      throw new Error(`locales: "${language}" is not a language tag, such as es.`);
    for (const [name, tree] of Object.entries(own)) {
      if (name === 'site') continue;
      const ours = Object.hasOwn(model, name) ? model[name as keyof Catalogue] : undefined;
      if (ours === undefined) {
        throw new Error(
          `locales.${language}: there is no catalogue "${name}"; there are pages, errors, mails, site.`,
        );
      }
      const known = keysOf(textsOf(ours));
      const unknown = [...textsOf(tree).keys()].find(
        (key) => !known.has(key) && !known.has(withoutForm(key)),
      );
      if (unknown !== undefined) {
        throw new Error(
          `locales.${language}.${name}: there is no text "${unknown}" to replace; texts of your own go into "site".`,
        );
      }
    }
  }
  return texts;
}

/** A deep merge in which `over` wins. Changes neither argument. */
export function mergedOver(base: object, over: object): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isTree(value) && isTree(below) ? mergedOver(below, value) : value;
  }
  return merged;
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
