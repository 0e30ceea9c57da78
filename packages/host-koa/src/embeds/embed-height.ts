/** What `views/embeds/style.njk` takes for a post by itself, in pixels, with some room for other fonts. */
const AROUND = 218;
const LINE = 27;
const SIDES = 34;
/** Widths of characters of the text, in pixels: of East Asian scripts and emoji, and of the others. */
const WIDE = 23;
const NARROW = 9.5;

const wide =
  /\p{Ideographic}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Extended_Pictographic}|\p{Regional_Indicator}|[\uff00-\uffef]/u;

/**
 * The height of a frame of that width in which a post stands without scrolling, in pixels; rather too high than
 * too low. Whoever asks by oEmbed has no other way to know, and what is higher after all scrolls in its frame.
 */
export function embedHeight(body: string, width: number): number {
  const room = Math.max(width - SIDES, WIDE);
  let lines = 0;
  for (const line of body.split('\n')) lines += Math.max(1, Math.ceil(widthOf(line) / room));
  return AROUND + lines * LINE;
}

function widthOf(line: string): number {
  let sum = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    sum += wide.test(segment) ? WIDE : NARROW;
  }
  return sum;
}
