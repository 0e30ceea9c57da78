import { createServer } from 'node:http';
import { buildApp } from './app.ts';

const { microblog, graphql } = buildApp();
const password = 'correct horse battery';
await microblog.accounts.register(null, { nickname: 'ada', email: 'ada@example.org', password });

createServer((request, response) => void graphql(request, response)).listen(3000, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:3000/graphql, as ada with the password "${password}"`),
);
