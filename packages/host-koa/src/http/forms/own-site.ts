import type { HostContext } from '../context.ts';

/**
 * Whether a page of this site sent the form, as far as the browser says so. A form token alone can be tossed: a sibling
 * subdomain sets a cookie here, and sends the token that belongs to it (OWASP Cross-Site Request Forgery Prevention,
 * "Fetch Metadata" and "Verifying Origin"). `origin` is the configured one; null if there is none.
 */
export function isFromOwnSite(ctx: HostContext, origin: string | null): boolean {
  const site = ctx.get('Sec-Fetch-Site');
  // `none`: the user repeats the request, such as by reloading the page.
  if (site !== '') return site === 'same-origin' || site === 'none';
  const sender = ctx.get('Origin');
  // Pages that send no `Referer` send no origin either, and programs send neither.
  if (sender === '' || sender === 'null') return true;
  // A proxy may have changed `Host`, and the site may be reached by another name than the configured one.
  return sender === origin || (URL.canParse(sender) && new URL(sender).host === ctx.get('Host'));
}
