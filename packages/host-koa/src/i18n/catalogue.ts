/** Texts under nested keys. */
export interface TextTree {
  readonly [key: string]: string | TextTree;
}

/** The catalogues of a language: a file each in its folder of `locales`. */
export const catalogueNames = ['pages', 'errors', 'mails'] as const;

export type CatalogueName = (typeof catalogueNames)[number];

/** All texts of one language. */
export type Catalogue = Readonly<Record<CatalogueName, TextTree>>;
