import { createServer } from 'node:http';
import { buildApp } from './app.js';

const { DATABASE_URL = 'postgres://localhost/microblog', SECRET_KEY = 'only for trying this out' } =
  process.env;
const { handle } = await buildApp({ databaseUrl: DATABASE_URL, secretKey: SECRET_KEY });

createServer((request, response) => {
  if (request.url?.startsWith('/blog')) return handle(request, response);
  response.end('This is the rest of the site. The microblog is under /blog.\n');
}).listen(3000, '127.0.0.1', () => console.log('http://127.0.0.1:3000/blog'));
