import { strangers } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { PageHost } from '../../http/host.ts';
import { isBeyondNewest, isBeyondOldest, pageQuery } from '../../http/page-query.ts';
import { seeOther } from '../../http/redirects.ts';
import { feedAlternates } from '../../views/alternates.ts';
import { personCard } from '../../views/person-view.ts';
import { pagedPosts } from '../../views/post-view.ts';
import { renderPage } from '../layout/page.ts';

interface Composer {
  readonly body: string;
  readonly error: string | null;
}

/** A member's own timeline with the composer. A visitor gets the public timeline with a link to sign in. */
export async function showHome(
  host: PageHost,
  ctx: HostContext,
  composer: Composer = { body: '', error: null },
): Promise<void> {
  const { microblog, site } = host;
  const { urls } = site;
  const { viewer } = ctx.state;
  const page =
    viewer === null
      ? await microblog.timelines.public(viewer, pageQuery(ctx))
      : await microblog.timelines.home(viewer, pageQuery(ctx));
  if (isBeyondNewest(ctx, page)) return seeOther(ctx, urls.to('/'));
  const isEmpty = page.items.length === 0 && !isBeyondOldest(ctx, page);
  const suggestions = viewer !== null && isEmpty ? await microblog.users.suggestions(viewer) : [];
  await renderPage(
    host,
    ctx,
    'home.njk',
    {
      timeline: pagedPosts(
        host,
        ctx,
        page,
        urls.to('/'),
        urls.to(viewer === null ? '/explore/new' : '/timeline/new'),
      ),
      composer: viewer === null ? null : composer,
      suggestions: suggestions.map((user) => personCard(urls, ctx, { user, relationship: strangers })),
    },
    { place: 'home', alternates: feedAlternates(site, ctx, null) },
  );
}
