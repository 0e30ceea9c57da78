import type { HostContext } from '../../http/context.ts';
import type { Site } from '../../site/site.ts';

/** Paths that are endless, or of use to one person only. A query is part of the rule. */
const DISALLOWED = [
  '/search?',
  '/login?',
  '/settings',
  '/edit',
  '/unsubscribe/',
  '/confirm-email/',
  '/reset-password/',
];

/** The Robots Exclusion Protocol (RFC 9309). If visitors see nothing, nothing may be indexed. */
export function robotsRoute({ requireLogin }: Pick<Site, 'requireLogin'>): (ctx: HostContext) => void {
  const rules = requireLogin ? ['/'] : DISALLOWED;
  const body = ['User-agent: *', ...rules.map((path) => `Disallow: ${path}`), ''].join('\n');
  return (ctx) => {
    ctx.set('Cache-Control', 'public, max-age=86400');
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = body;
  };
}
