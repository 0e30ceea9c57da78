import type { HostContext } from '../../http/context.ts';
import type { Host } from '../../http/host.ts';
import { isBeyondNewest, pageQuery } from '../../http/page-query.ts';
import { seeOther } from '../../http/redirects.ts';
import { takeDraft } from '../../http/sessions/sign-in-cookies.ts';
import { feedAlternates } from '../../views/alternates.ts';
import { pagedPosts } from '../../views/post-view.ts';
import { renderPage } from '../layout/page.ts';
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
