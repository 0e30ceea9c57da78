const address = /\b(?:https?:\/\/|www\.)\S+|\S{1,64}@\S{1,255}/giu;
/** Names and tags are the same in every language. */
const nameOrTag = /[@#][\p{L}\p{M}\p{N}_.-]{1,64}/gu;
const tag = /<\/?[a-z][^<>]{0,200}>/gi;
/** Code, not language: `alert(1)`, `a=b`, `src/main`, `snake_case`. */
const code = /[!-~]{0,200}[a-z\d][(){}[\]<>=\\/_:;|]+[a-z\d(][!-~]{0,200}/gi;
const shortcode = /:[a-z0-9_+-]{1,64}:/gi;
/** Laughter: one to three letters repeated, as in `jajaja` or `kkkk`. */
const laughter = /(?<!\p{L})(?:(\p{L}{1,3}?)\1{2,40}\p{L}?)(?!\p{L})/giu;
const noLetter = /[^\p{L}\p{M}'’\s]+/gu;

/** UTF-16 code units that are read: more text does not improve the guess, and takes longer. */
const MAX_LENGTH = 2_000;

/** The words of a post that belong to a language, with single spaces between them. */
export function writtenWords(body: string): string {
  return body
    .slice(0, MAX_LENGTH)
    .replace(address, ' ')
    .replace(nameOrTag, ' ')
    .replace(tag, ' ')
    .replace(code, ' ')
    .replace(shortcode, ' ')
    .replace(laughter, ' ')
    .replace(noLetter, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
