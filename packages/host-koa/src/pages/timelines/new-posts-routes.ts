import type { Microblog, NewerPosts } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import { parameter } from '../../http/page-query.ts';

/** Number of new posts since a page was loaded. The page's script asks once a minute. */
export function newPostsRoutes(microblog: Microblog) {
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
  // An open page asks by itself, so this is not a visit of the reader.
  ctx.state.isVisit = false;
  ctx.set('Cache-Control', 'private, no-cache');
  ctx.vary('Cookie, Accept-Language');
  const t = ctx.state.translate;
  const text = more
    ? t('new_posts.many', { limit: count })
    : count === 0
      ? ''
      : t('new_posts.count', { count });
  ctx.body = { count, more, text };
}
