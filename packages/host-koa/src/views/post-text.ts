import { LinkifyIt } from 'linkify-it';

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
