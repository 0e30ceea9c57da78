import { type SearchOrder, type SearchResults, searchOrders } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { ViewHost } from '../../http/host.ts';
import { postView } from '../../views/post-view.ts';
import type { SearchPage } from '../layout/page-models.ts';

interface Asked {
  readonly query: string;
  readonly order: SearchOrder;
  readonly cursor: string | undefined;
}

/** One example for each kind of query; their texts are `search.examples.<name>` of the catalogue. */
export const searchExamples = [
  'words',
  'phrase',
  'not',
  'or',
  'prefix',
  'from',
  'except',
  'lang',
  'dates',
] as const;

export function searchPage(
  host: ViewHost,
  ctx: HostContext,
  { query, order, cursor }: Asked,
  found: SearchResults | null,
): SearchPage {
  const t = ctx.state.translate;
  const address = (asked: Partial<Asked>) => host.site.urls.to(`/search?${searchParams(asked)}`);
  const results =
    found === null || !found.asked
      ? null
      : {
          posts: found.items.map((item) => postView(host, ctx, item, item.highlights)),
          moreUrl: found.next === null ? null : address({ query, order, cursor: found.next }),
          firstUrl: cursor === undefined ? null : address({ query, order }),
        };
  return {
    query,
    results,
    orders: searchOrders.map((name) => ({
      order: name,
      url: address({ query, order: name }),
      current: name === order,
    })),
    examples: searchExamples.map((name) => {
      const example = t(`search.examples.${name}.query`);
      return { query: example, text: t(`search.examples.${name}.text`), url: address({ query: example }) };
    }),
  };
}

function searchParams({ query = '', order = 'relevance', cursor }: Partial<Asked>): string {
  return new URLSearchParams({
    q: query.toWellFormed(),
    ...(order === 'relevance' ? {} : { order }),
    ...(cursor === undefined ? {} : { cursor }),
  }).toString();
}
