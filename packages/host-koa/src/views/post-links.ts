import { LinkifyIt } from 'linkify-it';

/** A web address in a text. */
export interface PostLink {
  readonly start: number;
  readonly end: number;
  /** Starts with `http:` or `https:`. */
  readonly url: string;
}

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, fuzzyIP: false });
// Only the web: no mailto:, no ftp:, and no protocol-relative addresses.
for (const scheme of ['mailto:', 'ftp:', '//']) linkify.add(scheme, null);

/** Characters that change the writing direction, and so can make an address look like another. */
const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** File name extensions that are also country domains: README.md, setup.py, main.rs. */
const fileEndings = new Set(['cc', 'md', 'mk', 'ml', 'pl', 'ps', 'py', 'rs', 'sh', 'so', 'st', 'tf']);

/** The addresses in a text, in order; they do not overlap. */
export function postLinks(text: string): readonly PostLink[] {
  return (linkify.match(text) ?? []).flatMap(({ schema, index, lastIndex }) => {
    const [written = ''] = text.slice(index, lastIndex).split(directionControls, 1);
    if (schema === '' && !isAddress(written)) return [];
    // Without a scheme, https is assumed.
    const url = schema === '' ? `https://${written}` : written;
    return URL.canParse(url) ? [{ start: index, end: index + written.length, url }] : [];
  });
}

/** Whether words with a dot between them are an address, not a file name or two sentences without a space. */
function isAddress(written: string): boolean {
  if (/^www\.|\//i.test(written)) return true;
  const ending = /\.([^.:?#]+)[^.]*$/.exec(written)?.[1] ?? '';
  return ending === ending.toLowerCase() && !fileEndings.has(ending);
}
