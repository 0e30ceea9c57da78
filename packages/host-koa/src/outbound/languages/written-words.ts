const address = /\b(?:https?:\/\/|www\.)\S+|\S{1,64}@\S{1,255}/giu;
/** Names and tags are the same in every language. */
const nameOrTag = /[@#][\p{L}\p{M}\p{N}_.-]{1,64}/gu;
const tag = /<\/?[a-z][^<>]{0,200}>/gi;
/** `alert(1)`, `a=b`, `src/main`, `snake_case`: written for machines. */
const code = /[!-~]{0,200}[a-z\d][(){}[\]<>=\\/_:;|]+[a-z\d(][!-~]{0,200}/gi;
const shortcode = /:[a-z0-9_+-]{1,64}:/gi;
/** Letters of one repeated two or more times, as in `jajaja` or `kkkk`, say how somebody laughs. */
const laughter = /(?<!\p{L})(?:(\p{L}{1,3}?)\1{2,40}\p{L}?)(?!\p{L})/giu;
const noLetter = /[^\p{L}\p{M}'’\s]+/gu;

/** UTF-16 code units that are looked at: more says no more, and takes longer. */
const LOOKED_AT = 2_000;

/** What of a post is written in some language: its words, with single spaces between them. */
export function writtenWords(body: string): string {
  return body
    .slice(0, LOOKED_AT)
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
