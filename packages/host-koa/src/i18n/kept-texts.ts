import { LRUCache } from 'lru-cache';

type Params = Readonly<Record<string, string | number>>;

/** i18next in one language. */
export interface Texts {
  /** The text for a key, with these values in it. */
  resolve(key: string, params: Params): string;
  /** The text as it is in the catalogue, with its `{{names}}`. Null if the key is unknown. */
  written(key: string): string | null;
  /** What stands in a text for a value that is a text. */
  shown(value: string): string;
}

/** A text whose values are only put in: `parts[0] names[0] parts[1] names[1] …`. */
interface PlainText {
  readonly parts: readonly string[];
  readonly names: readonly string[];
}

/** Far more than there are keys. A host's template may compute keys. */
const MAX_TEXTS = 5_000;
/** Counts with their words, such as "12 followers". */
const MAX_COUNTS = 5_000;

/**
 * Texts as i18next gives them, without its work for each use: 2 to 10 microseconds, which was half of the time of a
 * rendered page. A text with plain `{{names}}` is kept in parts. A text with one number is kept for each number: there
 * i18next chooses the plural and formats. Every other text comes from i18next.
 */
export function keptTexts(texts: Texts): (key: string, params?: Params) => string {
  const plain = new Map<string, PlainText | null>();
  const counts = new LRUCache<string, string>({ max: MAX_COUNTS });

  function plainText(key: string): PlainText | null {
    const known = plain.get(key);
    if (known !== undefined) return known;
    if (plain.size >= MAX_TEXTS) plain.clear();
    const made = plainTextOf(texts.written(key));
    plain.set(key, made);
    return made;
  }

  function withNumber(key: string, name: string, value: number): string {
    const place = `${key} ${name} ${value}`;
    const known = counts.get(place);
    if (known !== undefined) return known;
    const made = texts.resolve(key, { [name]: value });
    counts.set(place, made);
    return made;
  }

  return (key, params = {}) => {
    const text = plainText(key);
    const filled = text === null ? null : fill(text, params, texts);
    if (filled !== null) return filled;
    const [name, ...more] = Object.keys(params);
    const value = name === undefined ? undefined : params[name];
    return name !== undefined && more.length === 0 && typeof value === 'number'
      ? withNumber(key, name, value)
      : texts.resolve(key, params);
  };
}

/** Names that i18next reads itself: a number chooses the plural, a context the text. */
const CHOOSING = ['count', 'context'];

/** Null if the text has a plural, a format or a text in it. */
function plainTextOf(written: string | null): PlainText | null {
  if (written === null || written.includes('$t(')) return null;
  const [first = '', ...rest] = written.split('{{');
  const parts = [first];
  const names: string[] = [];
  for (const part of rest) {
    const [, name = '', after = ''] = /^\s*(\w+)\s*\}\}(.*)$/s.exec(part) ?? [];
    if (name === '' || CHOOSING.includes(name)) return null;
    names.push(name);
    parts.push(after);
  }
  return { parts, names };
}

/** Null if the values are not just those that the text needs. */
function fill({ parts, names }: PlainText, params: Params, { shown }: Texts): string | null {
  let filled = parts[0] ?? '';
  for (let place = 0; place < names.length; place++) {
    const value = params[names[place] as string];
    // i18next would look for names in the value, too.
    if (typeof value === 'string' ? value.includes('{{') : typeof value !== 'number') return null;
    filled += (typeof value === 'string' ? shown(value) : String(value)) + parts[place + 1];
  }
  for (const name in params) if (!names.includes(name)) return null;
  return filled;
}
