import type { PostWithAuthor } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Host } from '../../http/host.ts';
import { feedAlternates, oembedAlternates } from '../../views/alternates.ts';
import type { PostView } from '../../views/people-and-posts.ts';
import { postView } from '../../views/post-view.ts';
import { postPreview } from '../../views/preview.ts';
import { renderPage } from '../layout/page.ts';

/** Renders one post by itself, as `changed` makes it. */
export async function showPost(
  host: Host,
  ctx: HostContext,
  found: PostWithAuthor,
  changed: (post: PostView) => PostView = (post) => post,
): Promise<void> {
  const alternates = [...oembedAlternates(host, ctx, found), ...feedAlternates(host, ctx, found.author)];
  const preview = postPreview(host, ctx, found);
  const model = { post: changed(postView(host, ctx, found)) };
  await renderPage(host, ctx, 'post.njk', model, { alternates, preview });
}
