import { readableQuery, type SearchOrder } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { PageHost } from '../../http/host.ts';
import { boundedWork } from '../../operations/bounded-work.ts';
import type { SearchObserver } from '../../operations/searches/finished-search.ts';
import { renderPage } from '../layout/page.ts';
import { observedSearch } from './observed-search.ts';
import { searchPage } from './search-view.ts';

/** Fewer than the connections of a pool, so that other pages still get one. */
const BOUNDS = { atOnce: 4, waiting: 32 };

export function searchRoutes(host: PageHost, observers: readonly SearchObserver[]) {
  const bounded = boundedWork(BOUNDS);
  return {
    async page(ctx: HostContext): Promise<void> {
      const { search } = host.microblog;
      const query = readableQuery(single(ctx.query.q) ?? '');
      const order: SearchOrder = single(ctx.query.order) === 'recent' ? 'recent' : 'relevance';
      const cursor = single(ctx.query.cursor);
      const results =
        search.enabled && query !== ''
          ? await observedSearch(observers, () =>
              bounded(() => search.posts(ctx.state.viewer, { query, order, cursor })),
            )
          : null;
      const model = searchPage(host, ctx, { query, order, cursor }, results);
      await renderPage(host, ctx, 'search.njk', model, { place: 'search' });
    },
  };
}

function single(value: string | string[] | undefined): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === '' ? undefined : text;
}
