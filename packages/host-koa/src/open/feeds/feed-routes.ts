import { visitor } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { OpenHost } from '../../http/host.ts';
import { pageQuery } from '../../http/page-query.ts';
import { keptByPost } from '../../views/kept-by-post.ts';
import { postHtml } from '../../views/post-text.ts';
import { answerShared, errorAsText, renderText, type SyndicatedRoute } from '../answers.ts';
import { type FeedFormat, feed } from './feed.ts';
import { feedText, titleOf } from './feed-text.ts';
import { jsonFeed } from './json-feed.ts';

/** Seconds: feed readers ask every few minutes, and many of them at once. */
const MAX_AGE = 300;

/** Bytes for the texts of posts. */
const MAX_BYTES = 8 * 1024 * 1024;

const types: Readonly<Record<FeedFormat, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Posts for feed readers, in pages from the newest to the oldest. */
export function feedRoutes(host: OpenHost) {
  const { users, timelines } = host.microblog;
  const kept = keptByPost(MAX_BYTES, ({ body }) => {
    const text = feedText(body);
    return { text, title: titleOf(text), html: postHtml(text) };
  });

  const route = (format: FeedFormat): SyndicatedRoute => ({
    showError: errorAsText,
    async show(ctx: HostContext) {
      const { nickname } = ctx.params;
      const of = nickname === undefined ? null : await users.show(visitor, nickname);
      const page =
        of === null
          ? await timelines.public(visitor, pageQuery(ctx))
          : await timelines.ofAuthor(visitor, of, pageQuery(ctx));
      const content = feed(host.site, ctx, of, page, format, (post) => kept(post, ''));
      const updated = content.updated.toISOString();
      const body =
        format === 'json'
          ? jsonFeed(content)
          : await renderText(host, ctx, 'feeds/atom.njk', { feed: content, updated });
      answerShared(ctx, { body, type: types[format], maxAge: MAX_AGE, lastModified: content.updated });
    },
  });

  return { atom: route('atom'), json: route('json') };
}
