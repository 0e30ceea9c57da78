import { createMicroblog, memoryStorage, visitor } from '@microblog/core';

const { accounts, on, posts } = createMicroblog({ storage: memoryStorage() });

on('post.published', async ({ postId }) => {
  const { author, post } = await posts.show(visitor, postId);
  console.log(`${author.nickname} has published: ${post.body}`);
});

const account = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
const ada = await accounts.register(visitor, account);
await posts.publish(ada, { body: 'The engine might compose music.' });
