/**
 * Characters that show nothing, by Unicode's properties. A text of only these counts as empty. Marks are among them:
 * alone, they have no letter to stand on. Unicode has no property for the last five, which are drawn as nothing: the
 * empty Braille pattern, the place of an object, an empty note head, and two Egyptian blanks.
 */
const blank =
  /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\p{M}\u2800\ufffc\u{1d159}\u{13441}\u{13442}]*$/u;

/**
 * Characters that no text may hold: controls except tab and line feed (Postgres can't store NUL, HTML forbids most),
 * private characters, which each device shows as something else or not at all, and code points that are no characters.
 */
const unusable = /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Co}\p{Noncharacter_Code_Point}]/u;
const allUnusable = new RegExp(unusable, 'gu');

/** Line ends of Unicode, section 5.8: of Windows, of old Macs, "next line", line and paragraph separators. */
const lineEnds = /\r\n?|[\u0085\u2028\u2029]/g;

/** Replaces the characters that `isUsable` refuses, and lone surrogates with U+FFFD. Default: removes them. */
export function withoutControls(text: string, replacement = ''): string {
  return text.replace(lineEnds, '\n').replace(allUnusable, replacement).toWellFormed();
}

/** True if a text shows nothing: it is empty, white space, marks without letters, or invisible characters. */
export function isBlank(text: string): boolean {
  return blank.test(text);
}

/** True if a text can be stored and shown: it has no controls, no private characters and no lone surrogates. */
export function isUsable(text: string): boolean {
  return !unusable.test(text) && text.isWellFormed();
}

/** The stored form of a text: line feeds as line ends, composed (NFC), no white space at the ends. */
export function normalizeText(text: string): string {
  const lines = text.replace(lineEnds, '\n');
  return (lines.isWellFormed() ? lines.normalize('NFC') : lines).trim();
}
