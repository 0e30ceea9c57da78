import { latinLetters } from './latin-letters.ts';
import { MAX_NICKNAME_LENGTH } from './nickname.ts';

/** The nickname for a name without any allowed character. */
const DEFAULT_NICKNAME = 'member';
/** Only so many UTF-16 code units of a name are read; decomposing makes them more. */
const MAX_NAME_LENGTH = 1_000;

/** As `nicknameFrom`; returns `member` if no usable character is left. */
export function cleanNickname(name: string): string {
  return nicknameFrom(name) ?? DEFAULT_NICKNAME;
}

/**
 * Makes a valid nickname from any name: `José Núñez-Díaz` becomes `Jose_Nunez_Diaz`, `Иван` becomes `Ivan`. Of an e-mail
 * address it uses only the part before the `@`, because nicknames are public. Words with letters that have no Latin form
 * are left out whole: a part of a word is another name. Returns null if no word with a letter or digit is left. Does not
 * check if the nickname is free.
 */
export function nicknameFrom(name: string): string | null {
  const [local = ''] = name.slice(0, MAX_NAME_LENGTH).trim().replace(/^@+/, '').split('@');
  const words = latinLetters(local).split(/[\s\-_]+/);
  const readable = words.filter((word) => !/[^\0-\x7f]/.test(word.replace(/[^\p{L}\p{N}]/gu, '')));
  const nickname = readable
    .join('_')
    .replace(/[^A-Za-z0-9._]/g, '')
    .replace(/_+/g, '_')
    .slice(0, MAX_NICKNAME_LENGTH)
    .replace(/^_+|_+$/g, '');
  // Digits that are left of a name alone say nothing of it.
  const isWhole = readable.length === words.length;
  return (isWhole ? /[A-Za-z0-9]/ : /[A-Za-z]/).test(nickname) ? nickname : null;
}

/** `base` for 1, then `base2`, `base3` and so on. `base` is cut if the result would be too long. */
export function numberedNickname(base: string, number: number): string {
  const suffix = number === 1 ? '' : String(number);
  return base.slice(0, MAX_NICKNAME_LENGTH - suffix.length) + suffix;
}
