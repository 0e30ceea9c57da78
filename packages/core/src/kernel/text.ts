/** Characters that show nothing: a text made of these and of white space alone counts as empty. */
const invisible = /^[\s\p{Default_Ignorable_Code_Point}\p{Cf}]*$/u;

/** NUL and the other controls but tab and line feed, which no text needs and Postgres cannot hold (NUL). */
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** The same without the controls that `isUsable` refuses, and with U+FFFD for lone surrogates. */
export function withoutControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .toWellFormed();
}

/** Whether there is nothing to see in a text: it is empty, white space, or characters that show nothing. */
export function isBlank(text: string): boolean {
  return invisible.test(text);
}

/** Whether a text can be stored and shown: no control characters and no lone surrogates. */
export function isUsable(text: string): boolean {
  return !control.test(text) && text.isWellFormed();
}

/** A text as it is kept: line ends as line feeds, composed (NFC), no white space around it. */
export function normalizeText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return (lines.isWellFormed() ? lines.normalize('NFC') : lines).trim();
}

/**
 * How long a text is for its reader: user-perceived characters (extended grapheme clusters, Unicode
 * Standard Annex 29), so that a family emoji counts one.
 */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) count++;
  return count;
}

/**
 * UTF-16 code units that a grapheme may take before a text counts as too long whatever its graphemes: the
 * longest emoji of Unicode 17 take under 32, and one grapheme may otherwise be of any size.
 */
export const MAX_UNITS_PER_GRAPHEME = 32;
