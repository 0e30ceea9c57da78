import { createMicroblog, memoryStorage, visitor } from '@microblog/core';

const { accounts, posts, timelines } = createMicroblog({ storage: memoryStorage() });
const person = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
const ada = await accounts.register(visitor, person);
await posts.publish(ada, { body: 'installed and used' });
for (const { author, post } of (await timelines.home(ada)).items)
  console.log(`${author.nickname}: ${post.body}`);
