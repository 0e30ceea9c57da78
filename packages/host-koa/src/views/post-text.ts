import { addressesIn, countGraphemes, type TextRange } from '@microblog/core';

/**
 * Lists show 12 lines of a long post (`_post.scss`). A post is long only with more lines than this: one or two
 * hidden lines are not worth a link.
 */
const LINES_IN_LISTS = 14;
/** Approximate value for the widest column. */
const GRAPHEMES_PER_LINE = 60;

/**
 * The text of a post as HTML: escaped, with web addresses as links, line ends as breaks, and the parts `marked` as
 * `<mark>`. Those parts come in order and do not overlap.
 */
export function postHtml(body: string, marked: readonly TextRange[] = []): string {
  let html = '';
  let done = 0;
  for (const { start, end, url } of addressesIn(body)) {
    html += `${markedHtml(body, done, start, marked)}<a href="${escapeHtml(url)}" rel="nofollow ugc noopener">${markedHtml(body, start, end, marked)}</a>`;
    done = end;
  }
  html += markedHtml(body, done, body.length, marked);
  return html.replaceAll('\n', '<br>');
}

/** A part of the body, escaped, with its marked parts. */
function markedHtml(body: string, from: number, to: number, marked: readonly TextRange[]): string {
  let html = '';
  let end = from;
  for (const range of marked) {
    const [start, stop] = [Math.max(range.start, from), Math.min(range.end, to)];
    if (start >= stop) continue;
    html += `${escapeHtml(body.slice(end, start))}<mark>${escapeHtml(body.slice(start, stop))}</mark>`;
    end = stop;
  }
  return html + escapeHtml(body.slice(end, to));
}

/** Whether a post has so many lines that lists show only its beginning. */
export function isLong(body: string): boolean {
  const lines = body.split('\n');
  if (lines.length > LINES_IN_LISTS) return true;
  // A text has at least as many code units as graphemes, which take longer to count.
  return [(line: string) => line.length, countGraphemes].every(
    (lengthOf) => filledLines(lines, lengthOf) > LINES_IN_LISTS,
  );
}

function filledLines(lines: readonly string[], lengthOf: (line: string) => number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(lengthOf(line) / GRAPHEMES_PER_LINE)), 0);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
