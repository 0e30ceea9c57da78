import { builders } from '@microblog/core/testing';
import { embeddedStorage, migrate } from '../../src/index.ts';

// Writes until it is killed, and tells its parent after each post how many there are.
const storage = await embeddedStorage({ directory: process.argv[2] ?? '' });
await migrate(storage);
const build = builders();
const author = await storage.users.insert(build.user());
for (let written = 1; ; written++) {
  await storage.posts.insert(build.post(author.id));
  process.send?.(written);
}
