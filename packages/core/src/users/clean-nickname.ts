import { MAX_NICKNAME_LENGTH } from './nickname.ts';

/** For whoever's name has no letter that a nickname may have. */
const NAMELESS = 'member';
/** Of a name of any size; what it decomposes into is longer. */
const LONGEST_NAME = 1_000;

/** Letters that Unicode does not take apart into a Latin one and a mark. */
const latin: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
};

/** As `nicknameFrom`; `member` where nothing usable is left. */
export function cleanNickname(name: string): string {
  return nicknameFrom(name) ?? NAMELESS;
}

/**
 * A nickname that keeps to the rules, of a name from elsewhere: `José Núñez-Díaz` becomes `Jose_Nunez_Diaz`.
 * Of an e-mail address only the part before the `@` is used: the whole would be shown to everybody. Null
 * where nothing usable is left. Says nothing of whether it is free.
 */
export function nicknameFrom(name: string): string | null {
  const [local = ''] = name.slice(0, LONGEST_NAME).trim().replace(/^@+/, '').split('@');
  const letters = local
    .normalize('NFKD')
    .replace(/[^\0-\x7f]/gu, (letter) => latin[letter] ?? letter)
    .replace(/[\s\-_]+/g, '_')
    .replace(/[^A-Za-z0-9._]/g, '')
    .slice(0, MAX_NICKNAME_LENGTH)
    .replace(/^_+|_+$/g, '');
  return /[A-Za-z0-9]/.test(letters) ? letters : null;
}

/** `base` for 1, then `base2`, `base3` and so on; cut where it would be too long. */
export function numberedNickname(base: string, number: number): string {
  const suffix = number === 1 ? '' : String(number);
  return base.slice(0, MAX_NICKNAME_LENGTH - suffix.length) + suffix;
}
