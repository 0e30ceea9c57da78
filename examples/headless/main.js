import { createMicroblog, memoryStorage, visitor } from '@microblog/core';

const { accounts, follows, posts, timelines } = createMicroblog({ storage: memoryStorage() });

const password = 'correct horse battery';
const ada = await accounts.register(visitor, { nickname: 'ada', email: 'ada@example.org', password });
const ben = await accounts.register(visitor, { nickname: 'ben', email: 'ben@example.org', password });
await follows.follow(ben, 'ada');
await posts.publish(ada, { body: 'The engine might compose music.' });
for (const { author, post } of (await timelines.home(ben)).items)
  console.log(`${author.nickname}: ${post.body}`);
