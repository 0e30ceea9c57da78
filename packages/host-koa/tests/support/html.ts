/** Reads the host's pages by names, roles and addresses, not by their looks. */

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

export function unescapeHtml(text: string): string {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, entity: string) => {
    if (entity.startsWith('#x')) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)));
    return named[entity] ?? whole;
  });
}

/** The text between tags, with white space as one space. */
export function textOf(html: string): string {
  const text = html.replace(/<(script|style)\b.*?<\/\1>/gs, ' ').replace(/<[^>]*>/g, ' ');
  return unescapeHtml(text).replace(/\s+/g, ' ').trim();
}

export interface Tag {
  readonly attributes: Readonly<Record<string, string>>;
  /** Where the tag ends in the page. */
  readonly end: number;
}

/** The opening tags of a name, in order. */
export function tags(html: string, name: string): Tag[] {
  return [...html.matchAll(new RegExp(`<${name}\\b((?:"[^"]*"|'[^']*'|[^'">])*)>`, 'g'))].map((match) => ({
    attributes: attributesOf(match[1] ?? ''),
    end: match.index + match[0].length,
  }));
}

function attributesOf(source: string): Record<string, string> {
  const found = source.matchAll(/([^\s=/]+)(?:\s*=\s*"([^"]*)")?/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, unescapeHtml(value)]));
}

function control(html: string, name: string): Tag | undefined {
  const found = [...tags(html, 'input'), ...tags(html, 'textarea')].filter(
    ({ attributes }) => attributes.name === name,
  );
  // The forms of the menu come before the page's own, and have fields of the same names.
  return found.find(({ end }) => end > html.indexOf('<main')) ?? found[0];
}

/** The value of the form control of that name; null if there is no such control. */
export function valueIn(html: string, name: string): string | null {
  const found = control(html, name);
  if (found === undefined) return null;
  if (found.attributes.type !== undefined) return found.attributes.value ?? '';
  return unescapeHtml(html.slice(found.end, html.indexOf('</textarea>', found.end)));
}

/** The error of a form control, as assistive technology reads it; null if it has none. */
export function faultAt(html: string, name: string): string | null {
  const { 'aria-invalid': invalid, 'aria-describedby': notes = '' } = control(html, name)?.attributes ?? {};
  if (invalid !== 'true') return null;
  return elementText(html, notes.split(' ').at(-1) ?? '');
}

/** The text of the element with that id. The element must not contain another of the same name. */
function elementText(html: string, id: string): string | null {
  const match = new RegExp(`<(\\w+)[^>]*\\bid="${id}"[^>]*>(.*?)</\\1>`, 's').exec(html);
  return match === null ? null : textOf(match[2] ?? '');
}

/** The text of the page's alert, such as a form's error as a whole; null if there is none. */
export function alertOf(html: string): string | null {
  const match = /<(\w+)[^>]*\brole="alert"[^>]*>(.*?)<\/\1>/s.exec(html);
  return match === null ? null : textOf(match[2] ?? '');
}

/** The flash message, shown once after a redirect; null if there is none. */
export function flashOf(html: string): string | null {
  // Templates are for scripts and not visible.
  const shown = html.replace(/<template\b.*?<\/template>/gs, '');
  const match = /<p data-flash-text>(.*?)<\/p>/s.exec(shown);
  return match === null ? null : textOf(match[1] ?? '');
}

/** The bodies of the posts on the page, as HTML, from the top. */
export function postBodies(html: string): string[] {
  return [...html.matchAll(/<div class="post-body"[^>]*>(.*?)<\/div>/gs)].map(([, body = '']) => body);
}

/** The address of the first link with that `rel`, or null. */
export function linkTo(html: string, rel: 'next' | 'prev'): string | null {
  return tags(html, 'a').find(({ attributes }) => attributes.rel === rel)?.attributes.href ?? null;
}

/** The addresses to which the page's forms are sent. */
export function formActions(html: string): string[] {
  return tags(html, 'form').flatMap(({ attributes }) => attributes.action ?? []);
}
