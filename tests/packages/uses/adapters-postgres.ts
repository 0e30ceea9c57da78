import { PGlite } from '@electric-sql/pglite';
import { migrate, postgresStorage } from '@microblog/adapters-postgres';
import { createMicroblog, visitor } from '@microblog/core';

const pglite = await PGlite.create();
const storage = postgresStorage({ pglite });
await migrate(storage);
const { accounts, posts, timelines } = createMicroblog({ storage });
const person = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
const ada = await accounts.register(visitor, person);
await posts.publish(ada, { body: 'installed and used' });
for (const { author, post } of (await timelines.home(ada)).items)
  console.log(`${author.nickname}: ${post.body}`);
await storage.close();
await pglite.close();
