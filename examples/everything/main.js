import { randomBytes } from 'node:crypto';
import { buildApp } from './app.js';

const { DATABASE_URL = 'postgres://localhost/microblog', SECRET_KEY, MAIL_SERVER } = process.env;
const { server, close } = await buildApp({
  databaseUrl: DATABASE_URL,
  // Without a key that stays the same, a restart signs everybody out.
  secretKey: SECRET_KEY ?? randomBytes(32).toString('base64url'),
  origin: 'http://127.0.0.1:3000',
  mailServer: { host: MAIL_SERVER ?? 'localhost', port: 25, encryption: 'optional' },
  logger: console,
});
server.listen(3000, '127.0.0.1', () => console.log('http://127.0.0.1:3000/blog'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close(close));
