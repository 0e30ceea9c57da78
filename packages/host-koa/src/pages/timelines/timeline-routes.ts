import type { HostContext } from '../../http/context.ts';
import type { AccountHost } from '../../http/host.ts';
import { isBeyondNewest, pageQuery } from '../../http/page-query.ts';
import { seeOther } from '../../http/redirects.ts';
import { takeDraft } from '../../http/sessions/sign-in-cookies.ts';
import { feedAlternates } from '../../views/alternates.ts';
import { pagedPosts } from '../../views/post-view.ts';
import { renderPage } from '../layout/page.ts';
import { showHome } from './home-page.ts';

export function timelineRoutes(host: AccountHost) {
  const { microblog, site, signIn } = host;
  const { urls } = site;

  return {
    async home(ctx: HostContext): Promise<void> {
      const body = ctx.state.viewer === null ? '' : takeDraft(signIn.cookies, ctx);
      await showHome(host, ctx, { body, error: null });
    },

    async explore(ctx: HostContext): Promise<void> {
      const page = await microblog.timelines.public(ctx.state.viewer, pageQuery(ctx));
      if (isBeyondNewest(ctx, page)) return seeOther(ctx, urls.to('/explore'));
      const timeline = pagedPosts(host, ctx, page, urls.to('/explore'), urls.to('/explore/new'));
      await renderPage(
        host,
        ctx,
        'explore.njk',
        { timeline },
        { place: 'explore', alternates: feedAlternates(site, ctx, null) },
      );
    },
  };
}
