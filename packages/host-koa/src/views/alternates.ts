import type { Person, Post } from '@microblog/core';
import type { HostContext } from '../http/context.ts';
import type { Site } from '../site/site.ts';

/** The page in another format, for programs that look for one. */
export interface Alternate {
  readonly type: string;
  readonly title: string;
  readonly url: string;
}

/** The feeds of one person's posts, or of all posts; empty if visitors see nothing. */
export function feedAlternates(
  { urls, look, requireLogin }: Site,
  ctx: HostContext,
  of: Pick<Person, 'nickname'> | null,
): Alternate[] {
  if (requireLogin) return [];
  const { translate: t } = ctx.state;
  const title =
    of === null
      ? t('feed.everybody', { brand: look.brand })
      : t('feed.user', { nickname: of.nickname, brand: look.brand });
  return [
    { type: 'application/atom+xml', title, url: urls.feed(of, 'atom') },
    { type: 'application/feed+json', title, url: urls.feed(of, 'json') },
  ];
}

/** The oEmbed addresses of a post; empty if the site's origin is unknown, or if visitors see nothing. */
export function oembedAlternates(
  { urls, absoluteUrl, requireLogin }: Site,
  ctx: HostContext,
  { post, author }: { readonly post: Pick<Post, 'id'>; readonly author: Pick<Person, 'nickname'> },
): Alternate[] {
  if (absoluteUrl === null || requireLogin) return [];
  const title = ctx.state.translate('post.title', { nickname: author.nickname });
  const address = encodeURIComponent(absoluteUrl(urls.post(post)));
  return (['json', 'xml'] as const).map((format) => ({
    type: format === 'json' ? 'application/json+oembed' : 'text/xml+oembed',
    title,
    url: absoluteUrl(urls.to(`/oembed?url=${address}&format=${format}`)),
  }));
}
