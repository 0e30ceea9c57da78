import type { HostMiddleware } from '../http/context.ts';
import { parameter } from '../http/page-query.ts';
import type { Site } from '../site/site.ts';

/**
 * Before what goes to other sites and to programs: nobody is signed in, no cookie is read or set, pages of the
 * sites that may show it can read it, and no other site can frame it.
 */
export function syndicated(site: Site): HostMiddleware {
  const { translations, embedOrigins } = site;
  return async (ctx, next) => {
    ctx.set('Content-Security-Policy', syndicatedPolicy(site));
    // Knows of no list of sites; what knows of one is above.
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

/** `style` is the hash of the one style sheet within the page. */
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
