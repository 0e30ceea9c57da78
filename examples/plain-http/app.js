import { migrate, postgresStorage } from '@microblog/adapters-postgres';
import { createMicroblog } from '@microblog/core';
import { createKoaApp } from '@microblog/host-koa';

/** @param {{ databaseUrl: string, secretKey: string }} settings */
export async function buildApp({ databaseUrl, secretKey }) {
  const storage = postgresStorage({ connectionString: databaseUrl });
  await migrate(storage);
  const app = createKoaApp(createMicroblog({ storage }), { secretKeys: [secretKey], basePath: '/blog' });
  return { handle: app.callback(), close: () => storage.close() };
}
