import { randomBytes } from 'node:crypto';
import { buildApp } from './app.js';

const app = buildApp({ secretKey: randomBytes(32).toString('base64url') });
app.listen(3000, '127.0.0.1', () => console.log('http://127.0.0.1:3000'));
