import { type Entry, mayDeletePost, type Page, type TextRange } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import type { ViewHost } from '../http/host.ts';
import { isNewest } from '../http/page-query.ts';
import { pageLinks } from './page-links.ts';
import type { PagedPosts, PostView } from './people-and-posts.ts';
import { pictureView } from './picture-view.ts';
import { postHtml } from './post-text.ts';
import { offeredTranslation } from './translation-view.ts';

/** `marked` are the parts of the body that a search found. */
export function postView(
  host: ViewHost,
  ctx: HostContext,
  found: Entry,
  marked: readonly TextRange[] = [],
): PostView {
  const { post, author } = found;
  const { urls } = host.site;
  const { lang } = ctx.state;
  const { bodyHtml, long, iso, exact, day } = host.postTexts.of(post, lang);
  return {
    id: post.id,
    bodyHtml: marked.length === 0 ? bodyHtml : postHtml(post.body, marked),
    long,
    author: {
      nickname: author.nickname,
      ...pictureView(urls, author),
      profileUrl: urls.profile(author),
    },
    createdAt: { iso, exact, day, relative: host.postTexts.relative(post.createdAt, lang) },
    url: urls.post(post),
    mayDelete: mayDeletePost(ctx.state.viewer, post),
    deleteUrl: urls.post(post, 'delete'),
    language: post.language,
    translation: offeredTranslation(host, ctx, post),
  };
}

/**
 * A page of posts with links to its neighbours under `path`, which is the list's own address. `countUrl` is the
 * address that counts newer posts, if pages of the list ask for them.
 */
export function pagedPosts(
  host: ViewHost,
  ctx: HostContext,
  page: Page<Entry>,
  path: string,
  countUrl: string | null = null,
): PagedPosts {
  return {
    posts: page.items.map((item) => postView(host, ctx, item)),
    newPosts: countUrl === null || !isNewest(ctx) ? null : { countUrl, url: path },
    ...pageLinks(ctx, page, path),
  };
}
