import { Readable } from 'node:stream';
import type { MemberAccount, Post } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { OpenHost } from '../../http/host.ts';
import { requestFault } from '../../http/request-fault.ts';
import { postsJson } from './posts-json.ts';

/** The export of a member's own posts. */
export function exportRoutes({ microblog, site, operations }: OpenHost) {
  const { urls, absoluteUrl } = site;
  const { logger, faults } = operations;

  /** Reports an error after the answer has begun. The error middleware can't: the answer is cut off. */
  async function* reportErrors(ctx: HostContext, parts: AsyncIterable<string>): AsyncGenerator<string> {
    try {
      yield* parts;
    } catch (error) {
      logger.error({ err: error, requestId: ctx.state.requestId }, 'export failed midway');
      faults.report(requestFault(ctx, error, 500));
      throw error;
    }
  }

  return {
    /** Streams the posts: each page is read when the client has received the page before it. */
    async posts(ctx: HostContext, viewer: MemberAccount): Promise<void> {
      const pages = microblog.posts.own(viewer);
      // Before the answer begins: a storage that fails now gives the status of its error.
      const first = await pages.next();
      const exportedAt = new Date();
      const author = viewer;
      const document = postsJson(startingWith(first, pages), {
        ...{ author, exportedAt },
        link: (path) => absoluteUrl?.(path) ?? path,
        paths: { author: urls.profile(author), post: (post) => urls.post(post) },
      });
      const day = exportedAt.toISOString().slice(0, 10);
      // Nicknames need no escaping in a header.
      ctx.set('Content-Disposition', `attachment; filename="posts-${author.nickname}-${day}.json"`);
      ctx.set('Cache-Control', 'private, no-store');
      ctx.type = 'application/json; charset=utf-8';
      ctx.body = Readable.from(reportErrors(ctx, document), { highWaterMark: 1 });
    },
  };
}

async function* startingWith(
  first: IteratorResult<readonly Post[], void>,
  rest: AsyncGenerator<readonly Post[], void>,
): AsyncGenerator<readonly Post[], void> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
