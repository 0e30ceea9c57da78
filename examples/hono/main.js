import { randomBytes } from 'node:crypto';
import { buildApp } from './app.js';

const { DATABASE_URL = 'postgres://localhost/microblog', SECRET_KEY } = process.env;
// Without a key that stays the same, a restart signs everybody out.
const secretKey = SECRET_KEY ?? randomBytes(32).toString('base64url');

const { server, close } = await buildApp({ databaseUrl: DATABASE_URL, secretKey });
server.listen(3000, '127.0.0.1', () => console.log('http://127.0.0.1:3000/blog'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close(close));
