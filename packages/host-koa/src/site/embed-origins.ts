/** The sites whose pages may show embeds: `*` for all, or a list of origins. */
export interface EmbedOrigins {
  /** For `frame-ancestors` of the Content-Security-Policy. */
  readonly frameAncestors: string;
  /** True if no site may show embeds. */
  readonly none: boolean;
  /** The value of `Access-Control-Allow-Origin` for a page of that origin; null if it may not read embeds. */
  allowedFor(origin: string): string | null;
  /** Whether answers differ by origin, so that caches must keep them apart. */
  readonly differ: boolean;
}

/**
 * @param list values that `parseEmbedOrigin` accepts. `*` among them allows every site.
 * @throws {Error} for an invalid origin.
 */
export function embedOrigins(list: readonly string[]): EmbedOrigins {
  const origins = list.map((text) => {
    const origin = parseEmbedOrigin(text);
    if (origin === null) throw new Error(`embedOrigins takes '*' or ${EXPECTED_ORIGIN}; got '${text}'.`);
    return origin;
  });
  const all = origins.includes('*');
  return {
    frameAncestors: all ? '*' : origins.join(' ') || "'none'",
    none: origins.length === 0,
    allowedFor: (origin) => (all ? '*' : origins.includes(origin) ? origin : null),
    differ: !all && origins.length > 0,
  };
}

export const EXPECTED_ORIGIN = 'origins such as https://example.org, without a path';

/**
 * An origin as browsers spell it (`HTTPS://Example.org:443/` is `https://example.org`), or `*`. Null for anything
 * else, including wildcards in a name: they would work for frames, but not for scripts.
 */
export function parseEmbedOrigin(text: string): string | null {
  if (text === '*') return text;
  if (!/^https?:\/\/[^\s*,;'"]+$/i.test(text) || !URL.canParse(text)) return null;
  const { origin, pathname, username, password, search, hash } = new URL(text);
  return pathname === '/' && username + password + search + hash === '' ? origin : null;
}
