/** The sites whose pages may show embeds: `*` for all, or their origins. */
export interface EmbedOrigins {
  /** For `frame-ancestors` of the Content-Security-Policy. */
  readonly frameAncestors: string;
  /** Whether no site at all may. */
  readonly none: boolean;
  /** What `Access-Control-Allow-Origin` says to a page of that origin; null where it may not read. */
  allowedFor(origin: string): string | null;
  /** Whether answers differ by origin, so that caches must keep them apart. */
  readonly differ: boolean;
}

/**
 * @param list what `parseEmbedOrigin` takes, each. `*` among them allows every site.
 * @throws {Error} for what is no origin.
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
 * An origin as browsers spell it (`HTTPS://Example.org:443/` is `https://example.org`), or `*`; null for
 * anything else, wildcards within a name included: they would hold for frames, but not for scripts.
 */
export function parseEmbedOrigin(text: string): string | null {
  if (text === '*') return text;
  if (!/^https?:\/\/[^\s*,;'"]+$/i.test(text) || !URL.canParse(text)) return null;
  const { origin, pathname, username, password, search, hash } = new URL(text);
  return pathname === '/' && username + password + search + hash === '' ? origin : null;
}
