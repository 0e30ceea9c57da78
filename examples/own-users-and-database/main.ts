import { randomBytes } from 'node:crypto';
import { buildApp } from './app.ts';

const { DATABASE_URL = 'postgres://localhost/shop', SECRET_KEY } = process.env;
// Without a key that stays the same, a restart signs everybody out.
const secretKey = SECRET_KEY ?? randomBytes(32).toString('base64url');
const { app, close } = await buildApp({ databaseUrl: DATABASE_URL, secretKey });
const server = app.listen(3000, '127.0.0.1', () => console.log('http://127.0.0.1:3000'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close(close));
