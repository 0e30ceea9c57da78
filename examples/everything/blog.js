import { migrate, postgresJobQueue, postgresStorage } from '@microblog/adapters-postgres';
import { postgresSearchIndex } from '@microblog/adapters-search';
import { createMicroblog } from '@microblog/core';
import { argon2PasswordHasher, createKoaApp, hostMailTexts, smtpMailer } from '@microblog/host-koa';

/**
 * @param {object} settings
 * @param {string} settings.databaseUrl
 * @param {string} settings.secretKey
 * @param {string} settings.origin the site's public address, such as `https://example.org`
 * @param {import('@microblog/host-koa').SmtpServer} settings.mailServer
 * @param {import('@microblog/core').Logger} settings.logger a pino instance, for example
 */
export async function openBlog({ databaseUrl, secretKey, origin, mailServer, logger }) {
  const storage = postgresStorage({ connectionString: databaseUrl, logger });
  await migrate(storage);
  // Pages and mails share these options.
  const site = { secretKeys: [secretKey], basePath: '/blog', origin, brand: 'The Reading Room' };
  const mailer = smtpMailer({ server: mailServer, from: 'The Reading Room <blog@example.org>', logger });
  const microblog = createMicroblog(
    {
      storage,
      jobs: postgresJobQueue(storage, { logger }),
      search: postgresSearchIndex(storage),
      mailer,
      mailTexts: hostMailTexts(site),
      passwordHasher: argon2PasswordHasher(),
      logger,
    },
    { postMaxLength: 280, postsPerPage: 25 },
  );
  await microblog.start();
  const blog = createKoaApp(microblog, { ...site, embedOrigins: ['*'], trustProxy: true });
  const close = async () => {
    await blog.settled();
    await microblog.stop();
    mailer.close();
    await storage.close();
  };
  return { blog, close };
}
