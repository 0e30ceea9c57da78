import type { Entry } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { PageHost } from '../../http/host.ts';
import { feedAlternates, oembedAlternates } from '../../views/alternates.ts';
import type { PostView } from '../../views/people-and-posts.ts';
import { postView } from '../../views/post-view.ts';
import { postPreview } from '../../views/preview.ts';
import { renderPage } from '../layout/page.ts';

/** Renders one post by itself. `changed` returns the view to show. */
export async function showPost(
  host: PageHost,
  ctx: HostContext,
  found: Entry,
  changed: (post: PostView) => PostView = (post) => post,
): Promise<void> {
  const { site } = host;
  const alternates = [...oembedAlternates(site, ctx, found), ...feedAlternates(site, ctx, found.author)];
  const preview = postPreview(site.urls, ctx, found);
  const model = { post: changed(postView(host, ctx, found)) };
  await renderPage(host, ctx, 'post.njk', model, { alternates, preview });
}
