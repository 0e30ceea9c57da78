import type { Page, RelatedUser } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { PageHost } from '../../http/host.ts';
import { isBeyondNewest, pageQuery } from '../../http/page-query.ts';
import { seeOther } from '../../http/redirects.ts';
import { feedAlternates } from '../../views/alternates.ts';
import { pageLinks } from '../../views/page-links.ts';
import { personCard, profileView } from '../../views/person-view.ts';
import { pagedPosts } from '../../views/post-view.ts';
import { profilePreview } from '../../views/preview.ts';
import { renderPage } from '../layout/page.ts';

export function peopleRoutes(host: PageHost) {
  const { microblog, site } = host;
  const { urls } = site;
  const { follows, timelines } = microblog;

  /** The head of a person's pages. */
  async function person(ctx: HostContext) {
    const { viewer } = ctx.state;
    const { user, relationship } = await follows.show(viewer, ctx.params.nickname);
    const place = viewer?.id === user.id ? ('profile' as const) : ('' as const);
    return { user, profile: profileView(urls, ctx, user, relationship), place };
  }

  async function people(ctx: HostContext, which: 'followers' | 'following'): Promise<void> {
    const { user, profile, place } = await person(ctx);
    const page: Page<RelatedUser> = await follows[which](ctx.state.viewer, user, pageQuery(ctx));
    if (isBeyondNewest(ctx, page)) return seeOther(ctx, urls.profile(user, which));
    const cards = page.items.map((related) => personCard(urls, ctx, related));
    const links = pageLinks(ctx, page, urls.profile(user, which));
    await renderPage(host, ctx, 'people.njk', { person: profile, which, people: cards, ...links }, { place });
  }

  return {
    async profile(ctx: HostContext): Promise<void> {
      const { user, profile, place } = await person(ctx);
      const page = await timelines.ofAuthor(ctx.state.viewer, user, pageQuery(ctx));
      if (isBeyondNewest(ctx, page)) return seeOther(ctx, urls.profile(user));
      const timeline = pagedPosts(host, ctx, page, urls.profile(user));
      await renderPage(
        host,
        ctx,
        'profile.njk',
        { person: profile, timeline },
        { place, alternates: feedAlternates(site, ctx, user), preview: profilePreview(urls, ctx, user) },
      );
    },
    followers: (ctx: HostContext) => people(ctx, 'followers'),
    following: (ctx: HostContext) => people(ctx, 'following'),
  };
}
