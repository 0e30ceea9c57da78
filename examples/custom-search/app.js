import { migrate, postgresStorage } from '@microblog/adapters-postgres';
import { createMicroblog } from '@microblog/core';
import { argon2PasswordHasher, createKoaApp } from '@microblog/host-koa';
import { miniSearchIndex } from './mini-search-index.js';

/** @param {{ databaseUrl: string, secretKey: string }} settings */
export async function buildApp({ databaseUrl, secretKey }) {
  const storage = postgresStorage({ connectionString: databaseUrl });
  await migrate(storage);
  const search = miniSearchIndex();
  const microblog = createMicroblog({ storage, search, passwordHasher: argon2PasswordHasher() });
  // Jobs index new posts from now on; `fill` indexes the older ones at once.
  await microblog.start();
  await microblog.search.fill();
  const app = createKoaApp(microblog, { secretKeys: [secretKey] });
  return {
    handle: app.callback(),
    async close() {
      await microblog.stop();
      await storage.close();
    },
  };
}
