import { migrate, postgresStorage } from '@microblog/adapters-postgres';
import { createMicroblog } from '@microblog/core';
import { argon2PasswordHasher, createKoaApp } from '@microblog/host-koa';

/** @param {{ databaseUrl: string, secretKey: string }} settings */
export async function openBlog({ databaseUrl, secretKey }) {
  const storage = postgresStorage({ connectionString: databaseUrl });
  await migrate(storage);
  const microblog = createMicroblog({ storage, passwordHasher: argon2PasswordHasher() });
  await microblog.jobs.start(microblog.jobHandlers);
  const blog = createKoaApp(microblog, { secretKeys: [secretKey], basePath: '/blog' });
  const close = async () => {
    await blog.settled();
    await microblog.jobs.stop();
    await storage.close();
  };
  return { blog, close };
}
