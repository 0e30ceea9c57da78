import type { HostContext } from '../../context.ts';
import type { Host } from '../../host.ts';
import { renderPage } from '../../views/page.ts';

/** Every search index there is so far is off, and the page says so. */
export function searchRoutes(host: Host) {
  return {
    async page(ctx: HostContext): Promise<void> {
      const query = typeof ctx.query.q === 'string' ? ctx.query.q : '';
      await renderPage(host, ctx, 'search.njk', { query, timeline: null }, { place: 'search' });
    },
  };
}
