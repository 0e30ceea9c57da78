/**
 * Code points of one user-perceived character. The longest emoji of Unicode 17 have 10, the longest syllables of
 * Indian languages about 13.
 */
export const MAX_CODE_POINTS_PER_GRAPHEME = 16;

/** Marks on one letter. The tallest stack that is written has 8: ཧྐྵྨླྺྼྻྂ, in Tibetan mantras. Hebrew verses have 5. */
const MAX_MARKS = 8;
const stackedMarks = new RegExp(`[\\p{Mn}\\p{Me}]{${MAX_MARKS + 1}}`, 'u');

/**
 * Emoji joined by U+200D, by the grammar of Unicode Technical Standard 51, ED-16. The longest joined emoji of Unicode
 * 17 have four parts. Browsers show unknown ones side by side, without a place to break the line.
 */
const part = '\\p{Emoji}[\\ufe0e\\ufe0f]?\\p{Emoji_Modifier}?\\ufe0f?';
const joinedEmoji = new RegExp(`^${part}(?:\\u200d${part}){0,4}\\u200d?$`, 'u');
const joinsEmoji = /\p{Extended_Pictographic}.*\u200d./u;

/** A shorter grapheme is within all limits. */
const SURELY_FINE = 4;

const segmenter = () => new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The length of a text as its reader sees it, in user-perceived characters: extended grapheme clusters, Unicode
 * Standard Annex 29. A family emoji counts as one.
 */
export function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of segmenter().segment(text)) count++;
  return count;
}

/** What `measureText` found. */
export interface TextMeasure {
  /** The number of graphemes; if it is above the limit of the call, there may be more. */
  readonly graphemes: number;
  /** Whether a grapheme has so many marks or parts that it would be painted over or beside its text. */
  readonly crowded: boolean;
}

/** Counts graphemes and checks the size of each. Stops above `limit`, and at the first crowded one. */
export function measureText(text: string, limit = Number.POSITIVE_INFINITY): TextMeasure {
  let graphemes = 0;
  for (const { segment } of segmenter().segment(text)) {
    graphemes++;
    if (segment.length > SURELY_FINE && isCrowded(segment)) return { graphemes, crowded: true };
    if (graphemes > limit) break;
  }
  return { graphemes, crowded: false };
}

function isCrowded(grapheme: string): boolean {
  // Two code units a code point at most.
  if (grapheme.length > 2 * MAX_CODE_POINTS_PER_GRAPHEME) return true;
  if (Array.from(grapheme).length > MAX_CODE_POINTS_PER_GRAPHEME) return true;
  return stackedMarks.test(grapheme) || (joinsEmoji.test(grapheme) && !joinedEmoji.test(grapheme));
}
