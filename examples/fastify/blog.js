import { migrate, postgresJobQueue, postgresStorage } from '@microblog/adapters-postgres';
import { createMicroblog } from '@microblog/core';
import { argon2PasswordHasher, createKoaApp } from '@microblog/host-koa';

/** @param {{ databaseUrl: string, secretKey: string }} settings */
export async function openBlog({ databaseUrl, secretKey }) {
  const storage = postgresStorage({ connectionString: databaseUrl });
  await migrate(storage);
  const jobs = postgresJobQueue(storage);
  const microblog = createMicroblog({ storage, jobs, passwordHasher: argon2PasswordHasher() });
  await microblog.start();
  const blog = createKoaApp(microblog, { secretKeys: [secretKey], basePath: '/blog' });
  const close = async () => {
    await blog.settled();
    await microblog.stop();
    await storage.close();
  };
  return { blog, close };
}
