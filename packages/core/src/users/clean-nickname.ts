import { MAX_NICKNAME_LENGTH } from './nickname.ts';

/** The nickname for a name without any allowed character. */
const DEFAULT_NICKNAME = 'member';
/** Only so many UTF-16 code units of a name are read; decomposing makes them more. */
const MAX_NAME_LENGTH = 1_000;

/** Letters that Unicode does not decompose into a Latin letter and a mark. */
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

/** As `nicknameFrom`; returns `member` if no usable character is left. */
export function cleanNickname(name: string): string {
  return nicknameFrom(name) ?? DEFAULT_NICKNAME;
}

/**
 * Makes a valid nickname from any name: `José Núñez-Díaz` becomes `Jose_Nunez_Diaz`. Of an e-mail address it uses only
 * the part before the `@`, because nicknames are public. Returns null if no usable character is left. Does not check
 * if the nickname is free.
 */
export function nicknameFrom(name: string): string | null {
  const [local = ''] = name.slice(0, MAX_NAME_LENGTH).trim().replace(/^@+/, '').split('@');
  const letters = local
    .normalize('NFKD')
    .replace(/[^\0-\x7f]/gu, (letter) => latin[letter] ?? letter)
    .replace(/[\s\-_]+/g, '_')
    .replace(/[^A-Za-z0-9._]/g, '')
    .slice(0, MAX_NICKNAME_LENGTH)
    .replace(/^_+|_+$/g, '');
  return /[A-Za-z0-9]/.test(letters) ? letters : null;
}

/** `base` for 1, then `base2`, `base3` and so on. `base` is cut if the result would be too long. */
export function numberedNickname(base: string, number: number): string {
  const suffix = number === 1 ? '' : String(number);
  return base.slice(0, MAX_NICKNAME_LENGTH - suffix.length) + suffix;
}
