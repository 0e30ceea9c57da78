/** The size of a single post in `views/embeds/style.njk`, in pixels, with some room for other fonts. */
const AROUND = 218;
const LINE = 27;
const SIDES = 34;
/** Widths of characters of the text, in pixels: of East Asian scripts and emoji, of capitals, and of the others. */
const WIDE = 23;
const CAPITAL = 13.5;
const NARROW = 9.5;

const wide =
  /\p{Ideographic}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Extended_Pictographic}|\p{Regional_Indicator}|[\uff00-\uffef]/u;

/**
 * The height of a frame of that width that shows a post without scrolling, in pixels; rather too high than too low.
 * An oEmbed client has no other way to know it. If a post is higher after all, its frame scrolls.
 */
export function embedHeight(body: string, width: number): number {
  const room = Math.max(width - SIDES, WIDE);
  const lines = body.split('\n').reduce((sum, line) => sum + wrapped(line, room), 0);
  return AROUND + lines * LINE;
}

/**
 * Number of lines that one line wraps into. It breaks between words and the parts of an address, and inside a word
 * that is longer than a line.
 */
function wrapped(line: string, room: number): number {
  let lines = 1;
  let used = 0;
  for (const word of line.split(/(?<=[ /-])/)) {
    const width = widthOf(word);
    if (used > 0 && used + width > room) {
      lines++;
      used = 0;
    }
    lines += Math.floor((used + width) / room);
    used = (used + width) % room;
  }
  return lines;
}

function widthOf(line: string): number {
  let sum = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    sum += wide.test(segment) ? WIDE : /\p{Lu}/u.test(segment) ? CAPITAL : NARROW;
  }
  return sum;
}
