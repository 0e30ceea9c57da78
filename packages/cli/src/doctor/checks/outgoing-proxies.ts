import type { Config } from '@microblog/host-koa/composition';
import { type Finding, ok } from '../finding.ts';

/** How calls to other services leave this machine. Without proxies, there is nothing to say. */
export function checkOutgoingProxies({ outgoingProxies }: Pick<Config, 'outgoingProxies'>): Finding[] {
  if (outgoingProxies === undefined) return [];
  const ways = (['https', 'http'] as const).flatMap((scheme) => {
    const proxy = outgoingProxies[scheme];
    // Without name and password.
    return proxy === undefined ? [] : [`by ${scheme}: through ${new URL(proxy).host}`];
  });
  const except = outgoingProxies.except === undefined ? '' : `, except to ${outgoingProxies.except}`;
  return [ok('outgoing', `Calls to other services go ${ways.join(', ')}${except}.`)];
}
