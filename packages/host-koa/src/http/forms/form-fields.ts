import { hostError } from '../../host-errors.ts';

/** By name. If several fields have one name, the first. */
export type Fields = ReadonlyMap<string, string>;

// Why: docs/decisions/0032-strict-form-parser.md
/**
 * Parses forms as the URL Standard does, but strictly: bytes that are not valid UTF-8 are refused, not replaced.
 * @throws {MicroblogError} `malformed_body`
 */
export function parseFields(body: string): Fields {
  const fields = new Map<string, string>();
  try {
    for (const pair of body.split('&')) {
      const [name = '', ...value] = pair.split('=');
      const key = decode(name);
      if (!fields.has(key)) fields.set(key, decode(value.join('=')));
    }
  } catch (error) {
    throw hostError(
      'malformed_body',
      'The form contains percent-encoded bytes that are not valid UTF-8.',
      error,
    );
  }
  return fields;
}

/** Reads the result of another parser: pairs, or an object whose values are texts, lists of texts, or nested values. */
export function fieldsFrom(parsed: object): Fields {
  const pairs: Iterable<[string, unknown]> = isPairs(parsed) ? parsed.entries() : Object.entries(parsed);
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (!fields.has(name)) fields.set(name, typeof first === 'string' ? first : '');
  }
  return fields;
}

/** URLSearchParams, FormData, and a Map. */
function isPairs(parsed: object): parsed is { entries(): Iterable<[string, unknown]> } {
  return Symbol.iterator in parsed && 'entries' in parsed && !Array.isArray(parsed);
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
