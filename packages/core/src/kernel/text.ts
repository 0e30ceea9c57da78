/** Characters that show nothing. A text of only these and white space counts as empty. */
const invisible = /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}]*$/u;

/** Control characters except tab and line feed. No text needs them, and Postgres can't store NUL. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Removes the control characters that `isUsable` refuses, and replaces lone surrogates with U+FFFD. */
export function withoutControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .toWellFormed();
}

/** True if a text shows nothing: it is empty, white space, or invisible characters. */
export function isBlank(text: string): boolean {
  return invisible.test(text);
}

/** True if a text can be stored and shown: it has no control characters and no lone surrogates. */
export function isUsable(text: string): boolean {
  return !control.test(text) && text.isWellFormed();
}

/** The stored form of a text: line feeds as line ends, composed (NFC), no white space at the ends. */
export function normalizeText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return (lines.isWellFormed() ? lines.normalize('NFC') : lines).trim();
}

/**
 * The length of a text as its reader sees it, in user-perceived characters: extended grapheme clusters, Unicode
 * Standard Annex 29. A family emoji counts as one.
 */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) count++;
  return count;
}

/**
 * UTF-16 code units allowed per grapheme. Above it a text is too long for any number of graphemes, since one grapheme
 * may have any size. The longest emoji of Unicode 17 take under 32.
 */
export const MAX_UNITS_PER_GRAPHEME = 32;
