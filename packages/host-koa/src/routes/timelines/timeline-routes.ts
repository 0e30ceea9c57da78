import type { HostContext } from '../../context.ts';
import type { Host } from '../../host.ts';
import { takeDraft } from '../../identity-providers/sign-in-cookies.ts';
import { feedAlternates } from '../../views/alternates.ts';
import { renderPage } from '../../views/page.ts';
import { pagedPosts } from '../../views/post-view.ts';
import { isBeyondNewest, pageQuery } from '../page-query.ts';
import { seeOther } from '../redirects.ts';
import { showHome } from './home-page.ts';

export function timelineRoutes(host: Host) {
  return {
    async home(ctx: HostContext): Promise<void> {
      const body = ctx.state.viewer === null ? '' : takeDraft(host.signInCookies, ctx);
      await showHome(host, ctx, { body, error: null });
    },

    async explore(ctx: HostContext): Promise<void> {
      const page = await host.microblog.timelines.public(ctx.state.viewer, pageQuery(ctx));
      if (isBeyondNewest(ctx, page)) return seeOther(ctx, host.urls.to('/explore'));
      const timeline = pagedPosts(host, ctx, page, host.urls.to('/explore'), host.urls.to('/explore/new'));
      await renderPage(
        host,
        ctx,
        'explore.njk',
        { timeline },
        { place: 'explore', alternates: feedAlternates(host, ctx, null) },
      );
    },
  };
}
