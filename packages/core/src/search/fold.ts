/**
 * Characters that are ignored when texts are compared: accents and other marks of Latin, Greek and Cyrillic, the points
 * of Hebrew and Arabic, the Arabic lengthening stroke (tatweel), skin tones, and invisible characters. Marks stay in
 * scripts that use them as letters (Devanagari, Thai, kana).
 */
const ignored = new RegExp(
  [
    // Invisible: soft hyphens, joiners, direction marks, variation selectors.
    '[\\u00ad\\u200b-\\u200f\\u2060-\\u2064\\ufe00-\\ufe0f\\ufeff]',
    '[\\u0300-\\u036f\\u0483-\\u0487\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f]',
    '[\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7]',
    '[\\u0610-\\u061a\\u0640\\u064b-\\u0655\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed]',
    '[\\u{1f3fb}-\\u{1f3ff}]',
  ].join('|'),
  'gu',
);

/** Letters that Unicode does not decompose, though readers expect them to match the plain ones. */
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
 * A text in the form that is compared: compatibility forms replaced (Unicode Standard Annex 15, NFKC), without marks,
 * in lower case. Two texts that differ only in accents, case or width become equal.
 */
export function foldText(text: string): string {
  // ASCII needs only this.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replace(ignored, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßςıæœøđðħł]/g, (letter) => plain.get(letter) ?? letter);
}
