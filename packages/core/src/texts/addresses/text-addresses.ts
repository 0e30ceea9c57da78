import type { Characters } from './characters.ts';
import { findAddresses } from './find-addresses.ts';

/** A web address in a text: from `start` to before `end`, in UTF-16 code units. */
export interface TextAddress {
  readonly start: number;
  readonly end: number;
  /** Starts with `http:` or `https:`, in any case. As written; without a scheme, `https://` is put before it. */
  readonly url: string;
}

// Why: docs/decisions/0031-links-in-posts.md
/**
 * The web addresses in a text, in order; they do not overlap. Addresses with `http://` or `https://` count always,
 * others only if they begin with `www.` or have a common ending. Addresses with a user name or password never count.
 * Takes time in proportion to the length of the text.
 */
export function addressesIn(text: string): readonly TextAddress[] {
  // Most posts have no address, and every address has one of these.
  if (!/\.|:\/\//.test(text)) return [];
  const characters = Array.from(text);
  const found = findAddresses(charactersOf(characters));
  let [index, offset] = [0, 0];
  const offsetOf = (wanted: number) => {
    while (index < wanted) offset += characters[index++]?.length ?? 0;
    return offset;
  };
  return found.map(({ start, end, url }) => ({ start: offsetOf(start), end: offsetOf(end), url }));
}

function charactersOf(characters: readonly string[]): Characters {
  return { length: characters.length, at: (index) => characters[index] ?? '' };
}
