import { Readable } from 'node:stream';
import type { MemberAccount, Post } from '@microblog/core';
import type { HostContext } from '../../http/context.ts';
import type { OpenHost } from '../../http/host.ts';
import { requestFault } from '../../http/request-fault.ts';
import { postsJson } from './posts-json.ts';

/** What members take along. */
export function exportRoutes({ microblog, site, operations }: OpenHost) {
  const { urls, absoluteUrl } = site;
  const { logger, faults } = operations;

  /** What fails after the answer has begun can only break it off: the error middleware is past. */
  async function* noticed(ctx: HostContext, parts: AsyncIterable<string>): AsyncGenerator<string> {
    try {
      yield* parts;
    } catch (error) {
      logger.error({ err: error, requestId: ctx.state.requestId }, 'export broken off');
      faults.report(requestFault(ctx, error, 500));
      throw error;
    }
  }

  return {
    /** Written as it is read: the next page of posts is asked for when the client has taken the last. */
    async posts(ctx: HostContext, viewer: MemberAccount): Promise<void> {
      const pages = microblog.posts.own(viewer);
      // Before anything is answered: a storage that fails is told with the status of its error.
      const first = await pages.next();
      const exportedAt = new Date();
      const author = viewer;
      const document = postsJson(startingWith(first, pages), {
        ...{ author, exportedAt },
        link: (path) => absoluteUrl?.(path) ?? path,
        paths: { author: urls.profile(author), post: (post) => urls.post(post) },
      });
      const day = exportedAt.toISOString().slice(0, 10);
      // Nicknames need no escape in a header.
      ctx.set('Content-Disposition', `attachment; filename="posts-${author.nickname}-${day}.json"`);
      ctx.set('Cache-Control', 'private, no-store');
      ctx.type = 'application/json; charset=utf-8';
      ctx.body = Readable.from(noticed(ctx, document), { highWaterMark: 1 });
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
