import { type Characters, isKeycapAt, isLetter, isPathCharacter } from './characters.ts';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const isClosing = (character: string) => /^[)\]}]$/.test(character);
/** The contractions of "is": `it's` is one word, while the `'s` of `baz's` follows an address. */
const contracted = /(^|[^\p{L}])(it|that|what|who|where|how|here|there|let|he|she)$/iu;
/** English possessive, and the Turkish cases that follow a name behind an apostrophe. */
const suffix = /^(s|da|de|ta|te|dan|den|tan|ten|in|ın|un|ün|nin|nın|nun|nün|ya|ye|yi|yı|yu|yü|a|e|i|ı|u|ü)$/i;
const LONGEST_SUFFIX = 3;
const LONGEST_CONTRACTED = 6;

/** What stands before an address decides what may end it. */
export interface Surroundings {
  /** The character before the address. */
  readonly before: string;
  /** Whether a `_` at the beginning of a word stands somewhere before the address, as in `_see https://…_`. */
  readonly emphasized: boolean;
  /** Opening brackets of this text that have no pair. Each search adds to it, so that no bracket is searched twice. */
  readonly unpaired: Set<number>;
}

/**
 * The end of the path, query and fragment that begin at `start`. Brackets belong to an address in pairs only. Sentence
 * punctuation, quotes and the marks of Markdown do not belong to its end.
 */
export function endOfRest(text: Characters, start: number, surroundings: Surroundings): number {
  return withoutTrailing(text, start, endOfRun(text, start, surroundings), surroundings);
}

function endOfRun(text: Characters, start: number, { before, unpaired }: Surroundings): number {
  const open: { readonly index: number; readonly close: string }[] = [];
  let index = start;
  for (; isPathCharacter(text, index); index++) {
    const character = text.at(index);
    const close = closing[character];
    if (unpaired.has(index)) break;
    if (close !== undefined) open.push({ index, close });
    else if (isClosing(character)) {
      if (open.at(-1)?.close !== character) break;
      open.pop();
    } else if (character === "'" && before === "'") break;
    else if (/^[,;]$/.test(character) && hasSchemeAt(text, index + 1)) break;
  }
  const end = open[0]?.index ?? index;
  if (text.at(index) !== "'") for (const bracket of open) unpaired.add(bracket.index);
  // The digit of a keycap emoji is part of the picture.
  return end > start && isKeycapAt(text, end) ? end - 1 : end;
}

/** Whether `http://` or `https://` begins at an index. */
export function hasSchemeAt(text: Characters, index: number): boolean {
  let written = '';
  for (let place = index; place < index + 8; place++) written += text.at(place);
  return /^https?:\/\//i.test(written);
}

function withoutTrailing(
  text: Characters,
  start: number,
  runEnd: number,
  { before, emphasized }: Surroundings,
): number {
  let end = runEnd;
  const isMark = (character: string) =>
    /^[.,;:!?'*~]$/.test(character) || (character === '_' && (before === '_' || emphasized));
  while (end > start && isMark(text.at(end - 1)) && !endsInInitials(text, end)) end--;
  return withoutSuffix(text, start, end);
}

/** `S.C.`, `U.S.`: the full stop belongs to the capitals before it. */
function endsInInitials(text: Characters, end: number): boolean {
  const capital = (index: number) => /^\p{Lu}$/u.test(text.at(index));
  return (
    text.at(end - 1) === '.' &&
    capital(end - 2) &&
    text.at(end - 3) === '.' &&
    capital(end - 4) &&
    !isLetter(text.at(end - 5))
  );
}

function withoutSuffix(text: Characters, start: number, end: number): number {
  let letters = '';
  let index = end - 1;
  while (index > start && letters.length < LONGEST_SUFFIX && isLetter(text.at(index)))
    letters = text.at(index--) + letters;
  if (!/^['’]$/.test(text.at(index)) || !suffix.test(letters)) return end;
  let word = '';
  for (let place = index - 1; place >= start && word.length < LONGEST_CONTRACTED; place--)
    word = text.at(place) + word;
  return letters.toLowerCase() === 's' && contracted.test(word) ? end : index;
}
