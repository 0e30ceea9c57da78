import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { visitor } from '@microblog/core';
import { buildApp } from './app.tsx';

const { microblog, handle } = buildApp();
const account = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
const ada = await microblog.accounts.register(visitor, account);
await microblog.posts.publish(ada, { body: 'The engine might compose music.' });

const server = createServer(handle).listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
