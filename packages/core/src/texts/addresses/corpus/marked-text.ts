import type { TextAddress } from '../text-addresses.ts';

/** A text whose addresses stand between `⟦` and `⟧`, and the reason. */
export type MarkedText = readonly [marked: string, why: string];

/** The text without marks, and its addresses with their places. */
export function unmarked(marked: string): {
  readonly text: string;
  readonly addresses: readonly TextAddress[];
} {
  const addresses: TextAddress[] = [];
  let text = '';
  for (const [part, inside] of marked.split(/[⟦⟧]/u).map((part, index) => [part, index % 2 === 1] as const)) {
    const start = text.length;
    text += part;
    if (!inside) continue;
    const url = /^https?:/i.test(part) ? part : `https://${part}`;
    addresses.push({ start, end: text.length, url });
  }
  return { text, addresses };
}
