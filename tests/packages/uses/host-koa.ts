import { createServer } from 'node:http';
import { createMicroblog, memoryStorage } from '@microblog/core';
import { createKoaApp } from '@microblog/host-koa';

const microblog = createMicroblog({ storage: memoryStorage() });
const app = createKoaApp(microblog, { secretKeys: ['a key for this test alone'] });
const server = createServer(app.callback());
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
for (const path of ['/explore', '/healthz']) {
  const answer = await fetch(`http://127.0.0.1:${address.port}${path}`);
  console.log(path, answer.status, answer.headers.get('content-type')?.split(';')[0]);
  await answer.text();
}
server.closeAllConnections();
server.close();
