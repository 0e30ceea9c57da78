import nunjucks from 'nunjucks';

/** Texts of Nunjucks that are escaped already. */
interface SafeText {
  readonly val: string;
}

interface Nunjucks {
  readonly lib: { escape(text: string): string };
  readonly runtime: {
    readonly SafeString: new (text: string) => SafeText;
    memberLookup(object: unknown, key: unknown): unknown;
  };
}

const { lib, runtime } = nunjucks as unknown as Nunjucks;

const special = /[&"'<>\\]/;

/** A text, escaped as Nunjucks does. */
export function escapedText(text: string): string {
  // Most texts need no escaping; a look at them is cheaper than a replacement.
  return special.test(text) ? lib.escape(text) : text;
}

/** A printed value: null and undefined are nothing, a safe text is unchanged, and all others are escaped. */
export function escaped(value: unknown): string {
  if (typeof value === 'string') return special.test(value) ? lib.escape(value) : value;
  if (value === null || value === undefined) return '';
  if (value instanceof runtime.SafeString) return value.val;
  return lib.escape((value as { toString(): string }).toString());
}

/** A printed property. A method is printed as the wrapper that Nunjucks makes for it. */
export function escapedMember(value: unknown): string {
  return typeof value === 'function' ? escaped(wrapped(value)) : escaped(value);
}

/** A value that `safe` marks. */
export function unescaped(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return value instanceof runtime.SafeString ? value.val : (value as { toString(): string }).toString();
}

function wrapped(method: unknown): unknown {
  return runtime.memberLookup({ method }, 'method');
}
