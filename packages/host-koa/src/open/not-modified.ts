import type { HostContext } from '../http/context.ts';

// Why: docs/decisions/0042-atom-as-a-template.md
/**
 * Whether the client has this answer already, by the response's validators (RFC 9110, section 13.2.2). Koa's own
 * `ctx.fresh` is always false if the request has `Cache-Control: no-cache`, as those of `fetch` do.
 */
export function isNotModified(ctx: HostContext): boolean {
  const tags = ctx.get('If-None-Match');
  if (tags !== '') {
    const known = tags.split(',').map((tag) => opaque(tag.trim()));
    return known.includes('*') || known.includes(opaque(ctx.response.etag));
  }
  const since = Date.parse(ctx.get('If-Modified-Since'));
  return Date.parse(ctx.response.get('Last-Modified')) <= since;
}

/** Compressing proxies make tags weak. */
function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}
