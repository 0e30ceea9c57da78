/** A text as its code points. An interface, so that a test can count the reads. */
export interface Characters {
  readonly length: number;
  /** The character at an index; '' outside the text. */
  at(index: number): string;
}

/** Scripts without spaces between words, and Korean, whose particles follow a word without a space. */
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Yi}\p{Script=Tibetan}ー]$/u;
const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Cf}]$/u;
const letter = /^[\p{L}\p{M}\p{N}]$/u;
const picture = /^[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]$/u;

/** The frame of a keycap emoji: it makes a picture of the digit before it. */
const KEYCAP = '\u20e3';
const joiners = '\u200c\u200d';
/** Punctuation that stands inside words: Bose–Einstein, l’été, צה״ל, ジョン・レノン, col·legi. */
const insideWords = '–’·־׳״・';

/** A Latin letter or a digit, without accents. */
export function isAsciiWord(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= '0' && character <= '9')
  );
}

/** A letter, mark or digit of any script that shows something and is no emoji. */
export function isLetter(character: string): boolean {
  if (character < '\x80') return isAsciiWord(character);
  return (
    letter.test(character) && character !== KEYCAP && !invisible.test(character) && !picture.test(character)
  );
}

/** A letter of a script that needs no space after an address. */
export function isUnspaced(character: string): boolean {
  return character >= '\x80' && unspaced.test(character);
}

/** Characters of host names. Also the joiners that some languages need between letters. */
export function isHostCharacter(text: Characters, index: number): boolean {
  const character = text.at(index);
  if (character < '\x80') return character === '-' || character === '.' || isAsciiWord(character);
  return isLetter(character) || joinsLetters(text, index);
}

/** A joiner between two letters that are not Latin: Persian and Indian languages spell with them. */
function joinsLetters(text: Characters, index: number): boolean {
  const character = text.at(index);
  return character !== '' && joiners.includes(character) && isBetween(text, index, isOtherLetter);
}

function isOtherLetter(character: string): boolean {
  return character >= '\u0370' && isLetter(character);
}

function isBetween(text: Characters, index: number, is: (character: string) => boolean): boolean {
  return is(text.at(index - 1)) && is(text.at(index + 1));
}

/**
 * Whether a path, a query or a fragment goes on with this character. Emoji, symbols, punctuation of other scripts,
 * invisible characters and direction marks end an address.
 */
export function isPathCharacter(text: Characters, index: number): boolean {
  const character = text.at(index);
  if (character === '') return false;
  if (character < '\x80') return !/[\0-\x20\x7f<>"`|\\]/.test(character);
  // `https://example.org/aを見て`: the sentence goes on.
  if (isLetter(character)) return !(isUnspaced(character) && isAsciiWord(text.at(index - 1)));
  if (insideWords.includes(character)) return isBetween(text, index, isLetter);
  return joinsLetters(text, index);
}

/** Whether the character before `index` would become part of a keycap emoji. */
export function isKeycapAt(text: Characters, index: number): boolean {
  const next = text.at(index);
  return next === KEYCAP || (next === '\ufe0f' && text.at(index + 1) === KEYCAP);
}
