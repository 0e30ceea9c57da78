import { createMicroblog, memoryStorage, visitor } from '@microblog/core';

/** Ada writes, and Ben, who follows her, reads. */
export async function buildApp() {
  const { accounts, follows, posts, timelines } = createMicroblog({ storage: memoryStorage() });
  const password = 'correct horse battery';
  const ada = await accounts.register(visitor, { nickname: 'ada', email: 'ada@example.org', password });
  const ben = await accounts.register(visitor, { nickname: 'ben', email: 'ben@example.org', password });
  await follows.follow(ben, 'ada');
  return {
    write: (/** @type {string} */ body) => posts.publish(ada, { body }),
    read: async () => {
      const { items } = await timelines.home(ben);
      return items.map(({ author, post }) => `${author.nickname}: ${post.body}`);
    },
  };
}
