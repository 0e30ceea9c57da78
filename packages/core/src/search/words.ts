import { foldText } from './fold.ts';

/**
 * Scripts without spaces between words, and Korean, whose spaces separate words poorly. Each letter is a word of its
 * own, so that any part of a sentence is found. Thai, Lao, Myanmar, Khmer, kana, Chinese characters, Hangul.
 */
const unspaced =
  '\\u0e01-\\u0edf\\u1000-\\u109f\\u1780-\\u17df\\u3005-\\u3007\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';

/** Emoji and other signs are words too: each picture of a joined emoji, and each letter of a flag. */
const sign = '[\\u00a9\\u00ae\\u2190-\\u2bff\\u3030\\u303d\\u{1f000}-\\u{1f3fa}\\u{1f400}-\\u{1fbff}]';
/** Digits of these scripts are digits, as of all others. */
const alone = `[[${unspaced}]--\\p{Nd}]`;
const single = `[${alone}&&[\\p{L}\\p{M}\\p{N}]]`;
const letter = `[[\\p{L}\\p{M}\\p{N}]--${sign}--${alone}]`;
const inFolded = new RegExp(`${sign}|${single}|${letter}+`, 'gv');

/** Characters that a word may contain before folding removes them. */
const removedByFolding = '\\u00ad\\u200b-\\u200d\\ufe0f';
const inText = new RegExp(
  `${sign}|${single}\\p{M}*|${letter}[[\\p{L}\\p{M}\\p{N}${removedByFolding}]--${sign}--${alone}]*`,
  'gv',
);

/** Only so many characters of a word are compared. */
const MAX_WORD_LENGTH = 64;

/**
 * The words of a text, in order, in the form that is indexed and searched for: folded (`foldText`), without
 * punctuation. A letter of a script without spaces is a word, and so is an emoji. Words never contain white space,
 * quotes, operators or control characters.
 */
export function searchWords(text: string): string[] {
  return (foldText(text).match(inFolded) ?? []).map(shortened);
}

/** A word of a text with its position: from `start` to before `end`, in UTF-16 code units. */
export interface PlacedWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text with their positions. If a sign folds into several words, all of them have its position. */
export function placedWords(text: string): PlacedWord[] {
  return [...text.matchAll(inText)].flatMap(({ 0: match, index }) => {
    // Most words: folding only makes their letters small.
    const words = /^[A-Za-z0-9]+$/.test(match) ? [shortened(match.toLowerCase())] : searchWords(match);
    return words.map((word) => ({ word, start: index, end: index + match.length }));
  });
}

function shortened(word: string): string {
  return word.length <= MAX_WORD_LENGTH ? word : [...word].slice(0, MAX_WORD_LENGTH).join('');
}
