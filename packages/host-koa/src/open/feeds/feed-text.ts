import { excerpt } from '../../views/excerpt.ts';

/** Characters of a title at most, as its reader counts them. */
const TITLE_LENGTH = 80;

/**
 * A text without what XML cannot hold, not even escaped: controls, lone surrogates, U+FFFE and U+FFFF
 * (XML 1.0, section 2.2).
 */
export function feedText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
}

/** A post's first line, cut where it is long: posts have no titles, and Atom's entries must have one. */
export function titleOf(body: string): string {
  return excerpt(body.split('\n', 1)[0] ?? '', TITLE_LENGTH);
}
