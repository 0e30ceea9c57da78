import { excerpt } from '../../views/excerpt.ts';

/** Greatest length of a title, in characters as readers count them. */
const TITLE_LENGTH = 80;

/**
 * A text without characters that XML cannot contain, even escaped: controls, lone surrogates, U+FFFE and U+FFFF (XML
 * 1.0, section 2.2).
 */
export function feedText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
}

/** A post's first line, shortened if it is long: posts have no titles, but Atom requires one. */
export function titleOf(body: string): string {
  return excerpt(body.split('\n', 1)[0] ?? '', TITLE_LENGTH);
}
