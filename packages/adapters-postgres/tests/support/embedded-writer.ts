import { builders } from '@microblog/core/testing';
import { embeddedStorage, migrate } from '../../src/index.ts';

// Writes posts until it is killed. After each, sends the number of posts to its parent.
const storage = await embeddedStorage({ directory: process.argv[2] ?? '' });
await migrate(storage);
const build = builders();
const author = await storage.users.insert(build.user());
for (let written = 1; ; written++) {
  await storage.posts.insert(build.post(author.id));
  process.send?.(written);
}
