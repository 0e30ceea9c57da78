import { countGraphemes } from '@microblog/core';
import { LinkifyIt } from 'linkify-it';

/** Lists show 12 lines of a long post (`_post.scss`); what is hidden has to be worth the way to it. */
const LINES_IN_LISTS = 14;
/** In the widest column, about. */
const GRAPHEMES_PER_LINE = 60;

const links = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, fuzzyIP: false });
// Only the web: no mailto:, no ftp:, and no protocol-relative addresses.
for (const scheme of ['mailto:', 'ftp:', '//']) links.add(scheme, null);

/** The text of a post as HTML: escaped, with web addresses as links and line ends as breaks. */
export function postHtml(body: string): string {
  let html = '';
  let end = 0;
  for (const { index, lastIndex, url } of links.match(body) ?? []) {
    const text = body.slice(index, lastIndex);
    html += `${escapeHtml(body.slice(end, index))}<a href="${escapeHtml(url)}" rel="nofollow ugc noopener">${escapeHtml(text)}</a>`;
    end = lastIndex;
  }
  html += escapeHtml(body.slice(end));
  return html.replaceAll('\n', '<br>');
}

/** Whether the text of a post fills so many lines that lists show its beginning alone. */
export function isLong(body: string): boolean {
  const lines = body.split('\n');
  if (lines.length > LINES_IN_LISTS) return true;
  // There are at least as many code units as graphemes, which take longer to count.
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
