import type { Microblog, NewerPosts } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import { parameter } from '../../http/page-query.ts';

/** How much came since a page was loaded, for the script of that page, which asks every now and then. */
export function newsRoutes(microblog: Microblog) {
  return {
    async home(ctx: HostContext): Promise<void> {
      answer(ctx, await microblog.timelines.newerAtHome(ctx.state.viewer, parameter(ctx, 'after')));
    },
    async explore(ctx: HostContext): Promise<void> {
      answer(ctx, await microblog.timelines.newerInPublic(ctx.state.viewer, parameter(ctx, 'after')));
    },
  };
}

function answer(ctx: HostContext, { count, more }: NewerPosts): void {
  // Nobody came back: a page that lies open asks.
  ctx.state.isVisit = false;
  ctx.set('Cache-Control', 'private, no-cache');
  ctx.vary('Cookie, Accept-Language');
  const t = ctx.state.translate;
  const text = more ? t('news.many', { limit: count }) : count === 0 ? '' : t('news.posts', { count });
  ctx.body = { count, more, text };
}
