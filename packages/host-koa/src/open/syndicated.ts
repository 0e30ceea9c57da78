import type { HostMiddleware } from '../http/context.ts';
import { parameter } from '../http/page-query.ts';
import type { Site } from '../site/site.ts';

/**
 * Middleware for routes of other sites and programs. There is no viewer, and no cookie is read or set. Pages of
 * allowed sites can read the response; no other site can frame it.
 */
export function syndicated(site: Site): HostMiddleware {
  const { translations, embedOrigins } = site;
  return async (ctx, next) => {
    ctx.set('Content-Security-Policy', syndicatedPolicy(site));
    // X-Frame-Options has no list of origins; `frame-ancestors` above has one.
    if (embedOrigins.none) ctx.set('X-Frame-Options', 'DENY');
    else ctx.remove('X-Frame-Options');
    ctx.set('Cross-Origin-Resource-Policy', 'cross-origin');
    if (embedOrigins.differ) ctx.vary('Origin');
    const allowed = embedOrigins.allowedFor(ctx.get('Origin'));
    if (allowed !== null) ctx.set('Access-Control-Allow-Origin', allowed);

    const stated = parameter(ctx, 'lang')?.toLowerCase();
    const offered = [stated, stated?.split('-')[0]].find((tag) => tag && translations.offers(tag));
    if (offered === undefined) ctx.vary('Accept-Language');
    ctx.state.lang = offered ?? translations.negotiate(ctx.get('Accept-Language') || undefined);
    ctx.state.translate = translations.translate(ctx.state.lang);
    ctx.set('Content-Language', ctx.state.lang);
    await next();
  };
}

/** `style` is the hash of the one inline style sheet. */
export function syndicatedPolicy(
  { embedOrigins, urls }: Pick<Site, 'embedOrigins' | 'urls'>,
  style?: string,
): string {
  return [
    "default-src 'none'",
    ["img-src 'self'", ...urls.pictureOrigins].join(' '),
    ...(style === undefined ? [] : [`style-src '${style}'`]),
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${embedOrigins.frameAncestors}`,
  ].join(';');
}
