import { isMicroblogError, type Microblog, visitor } from '@microblog/core';
import { type Endpoint, send } from './webhook.ts';

/** The time limit of one attempt. The queue then tries again, first after a minute, five times in all. */
const options = { subscriber: 'webhook', timeoutMilliseconds: 15_000 };

/** Every process that changes or announces something calls this on its microblog. */
export function subscribe({ on, posts }: Microblog, endpoint: Endpoint): void {
  on(
    'post.published',
    async ({ id, name: type, occurredAt: timestamp, postId }, { signal }) => {
      try {
        const { post, author } = await posts.show(visitor, postId);
        const data = { postId, author: author.nickname, body: post.body };
        await send(endpoint, { id, type, timestamp, data }, signal);
      } catch (error) {
        // The post was deleted before it was announced.
        if (!isMicroblogError(error, 'post_not_found')) throw error;
      }
    },
    options,
  );

  on(
    'post.deleted',
    ({ id, name: type, occurredAt: timestamp, postId }, { signal }) =>
      send(endpoint, { id, type, timestamp, data: { postId } }, signal),
    options,
  );
}
