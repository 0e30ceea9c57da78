import { visitor } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { Host } from '../../http/host.ts';
import { pageQuery } from '../../http/page-query.ts';
import { answerShared, renderText, tellInText, tellingErrors } from '../answers.ts';
import { type FeedFormat, feed } from './feed.ts';
import { jsonFeed } from './json-feed.ts';

/** Seconds: readers ask once in some minutes, and many of them at once. */
const MAX_AGE = 300;

const types: Readonly<Record<FeedFormat, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Posts for feed readers, in pages from the newest to the oldest. */
export function feedRoutes(host: Host) {
  const { users, timelines } = host.microblog;

  const route = (format: FeedFormat) =>
    tellingErrors(host, tellInText, async (ctx: HostContext) => {
      const { nickname } = ctx.params;
      const of = nickname === undefined ? null : await users.show(visitor, nickname);
      const page =
        of === null
          ? await timelines.public(visitor, pageQuery(ctx))
          : await timelines.ofAuthor(visitor, of, pageQuery(ctx));
      const content = feed(host, ctx, of, page, format);
      const updated = content.updated.toISOString();
      const body =
        format === 'json'
          ? jsonFeed(content)
          : await renderText(ctx, 'feeds/atom.njk', { feed: content, updated });
      answerShared(ctx, { body, type: types[format], maxAge: MAX_AGE, lastModified: content.updated });
    });

  return { atom: route('atom'), json: route('json') };
}
