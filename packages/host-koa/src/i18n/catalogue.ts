/** Texts under nested keys. */
export interface TextTree {
  readonly [key: string]: string | TextTree;
}

/** The catalogues of a language: a file each in its folder of `locales`. */
export const catalogueNames = ['pages', 'errors', 'mails'] as const;

export type CatalogueName = (typeof catalogueNames)[number];

/** All texts of one language. */
export type Catalogue = Readonly<Record<CatalogueName, TextTree>>;

export function isTextTree(value: unknown): value is TextTree {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((text) => typeof text === 'string' || isTextTree(text));
}
