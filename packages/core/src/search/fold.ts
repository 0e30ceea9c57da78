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

/**
 * Letters that Unicode does not decompose, though readers expect them to match the plain ones. The last are Arabic: many
 * people type ه for ة and ي for ى, the Quran has ٱ, and keyboards for Persian and Urdu have letters of their own.
 */
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
  ['ة', 'ه'],
  ['ۃ', 'ه'],
  ['ہ', 'ه'],
  ['ھ', 'ه'],
  ['ى', 'ي'],
  ['ی', 'ي'],
  ['ک', 'ك'],
  ['ٱ', 'ا'],
]);
const plainLetters = new RegExp(`[${[...plain.keys()].join('')}]`, 'g');

/**
 * The zero of each script with digits of its own, in hexadecimal, as of Unicode 17; nine more digits follow each. A
 * list, because the indexes must not change with the Unicode version of Node.
 */
const zeros = `
  660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 1a80 1a90 1b50
  1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 104a0 10d30 10d40 11066 110f0 11136 111d0 112f0 11450 114d0
  11650 116c0 116d0 116da 11730 118e0 11950 11bf0 11c50 11d50 11da0 11de0 11f50 16130 16a60 16ac0 16b50 16d70
  1e140 1e2f0 1e4f0 1e5f1 1e950
`;
const digits: ReadonlyMap<string, string> = new Map(
  zeros
    .trim()
    .split(/\s+/)
    .flatMap((zero) =>
      Array.from({ length: 10 }, (_, value) => [
        String.fromCodePoint(Number.parseInt(zero, 16) + value),
        String(value),
      ]),
    ),
);
const otherDigits = /[\p{Nd}--[0-9]]/gv;

/**
 * A text in the form that is compared: compatibility forms replaced (Unicode Standard Annex 15, NFKC), without marks,
 * in lower case, with the digits 0 to 9. Two texts that differ only in accents, case, width or the script of digits
 * become equal. If this changes, indexes must be filled again: raise `FILE_VERSION` of the file index and add a
 * migration for Postgres.
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
    .replace(plainLetters, (letter) => plain.get(letter) ?? letter)
    .replace(otherDigits, (digit) => digits.get(digit) ?? digit);
}
