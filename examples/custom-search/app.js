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
  // The jobs tell the index of what is published from now on; what was there before is put in at once.
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
