import { type Entry, visitor } from '@microblog/core';
import { hostError } from '../../host-errors.ts';
import type { HostContext } from '../../http/context.ts';
import type { OpenHost } from '../../http/host.ts';
import { pathBelow } from '../../http/middleware/base-path.ts';
import { parameter } from '../../http/page-query.ts';
import type { AbsoluteUrl } from '../../site/absolute-url.ts';
import { postView } from '../../views/post-view.ts';
import { answerShared, errorAsText, renderText, type SyndicatedRoute } from '../answers.ts';
import { embedHeight } from '../embeds/embed-height.ts';
import { feedText } from '../feeds/feed-text.ts';

/** Seconds, for caches and oEmbed clients. */
const MAX_AGE = 3600;
/** Pixels. */
const WIDTH = 550;

const types = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;

/** oEmbed 1.0 (https://oembed.com) for permalinks. */
export function oembedRoutes(host: OpenHost) {
  const { microblog } = host;
  const { urls, look, absoluteUrl, embedOrigins } = host.site;

  /** The post that an address of this site names; null for any other address. */
  function permalinkId(address: string): string | null {
    if (absoluteUrl === null || !URL.canParse(address)) return null;
    const { protocol, host: site, pathname } = new URL(address);
    // Shared links may have either scheme.
    if (!/^https?:$/.test(protocol) || site !== new URL(absoluteUrl('/')).host) return null;
    const path = pathBelow(urls.basePath, pathname) ?? '';
    return /^\/posts\/([0-9]+)\/?$/.exec(path)?.[1] ?? null;
  }

  /** A frame if other sites may show one; otherwise the text itself, which needs no permission. */
  async function richPost(ctx: HostContext, found: Entry, link: AbsoluteUrl) {
    const { post, author } = found;
    const t = ctx.state.translate;
    const title = t('post.title', { nickname: author.nickname });
    const width = Math.min(WIDTH, pixels(ctx, 'maxwidth'));
    const text = feedText(post.body);
    const height = Math.min(embedHeight(text, width), pixels(ctx, 'maxheight'));
    const view = postView(host, ctx, { post: { ...post, body: text }, author });
    const authorUrl = link(urls.profile(author));
    const html = embedOrigins.none
      ? await renderText(host, ctx, 'embeds/quote.njk', { post: view, url: link(urls.post(post)), authorUrl })
      : await renderText(host, ctx, 'embeds/frame.njk', {
          src: link(urls.embeddedPost(post)),
          title,
          width,
          height,
        });
    return {
      version: '1.0',
      type: 'rich',
      title,
      author_name: author.nickname,
      author_url: authorUrl,
      provider_name: look.brand,
      provider_url: link(urls.to('/')),
      cache_age: MAX_AGE,
      html: html.trim(),
      width,
      height,
    };
  }

  const describe: SyndicatedRoute = {
    showError: errorAsText,
    async show(ctx) {
      const format = parameter(ctx, 'format') ?? 'json';
      if (format !== 'json' && format !== 'xml') {
        throw hostError('format_not_offered', 'oEmbed is offered as JSON and as XML.');
      }
      const id = permalinkId(parameter(ctx, 'url') ?? '');
      if (id === null || absoluteUrl === null) {
        throw hostError('page_not_found', 'The address does not name a post of this site.');
      }
      const answer = await richPost(ctx, await microblog.posts.show(visitor, id), absoluteUrl);
      const body =
        format === 'json'
          ? JSON.stringify(answer)
          : await renderText(host, ctx, 'embeds/oembed.njk', { answer });
      answerShared(ctx, { body, type: types[format], maxAge: MAX_AGE });
    },
  };

  return { describe };
}

/** A limit in pixels that the client may set. */
function pixels(ctx: HostContext, name: 'maxwidth' | 'maxheight'): number {
  const text = parameter(ctx, name) ?? '';
  return /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}
