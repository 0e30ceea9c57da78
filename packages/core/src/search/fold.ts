/**
 * What does not count when texts are compared: accents and other marks of Latin, Greek, Cyrillic, the points
 * of Hebrew and Arabic, the lengthening stroke, skin tones, and characters that show nothing. Marks of
 * scripts in which they are letters (Devanagari, Thai, kana) stay.
 */
const ignored = new RegExp(
  [
    // Shown as nothing: soft hyphens, joiners, marks of direction, variation selectors.
    '[\\u00ad\\u200b-\\u200f\\u2060-\\u2064\\ufe00-\\ufe0f\\ufeff]',
    '[\\u0300-\\u036f\\u0483-\\u0487\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]',
    '[\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7]',
    '[\\u0610-\\u061a\\u0640\\u064b-\\u0655\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed]',
    '[\\u{1f3fb}-\\u{1f3ff}]',
  ].join('|'),
  'gu',
);

/** Letters that decompose into nothing, though their readers take them for the plain ones. */
const plain: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ς', 'σ'],
  ['ı', 'i'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ħ', 'h'],
  ['ł', 'l'],
]);

/**
 * A text as it is compared: compatibility forms made plain (Unicode Standard Annex 15, NFKC), without marks,
 * in small letters. Two texts that differ in accents, case or width alone become one.
 */
export function foldText(text: string): string {
  // What is ASCII needs no more than this.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(ignored, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßςıæœøđðħł]/g, (letter) => plain.get(letter) ?? letter);
}
