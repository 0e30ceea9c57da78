import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../tests/support/databases.ts';
import { browserlessMember } from '../../tests/support/member.ts';
import { buildApp } from './app.js';

describe('a microblog under /blog of a plain HTTP server', () => {
  let database: TestDatabase;
  let app: Awaited<ReturnType<typeof buildApp>>;
  const server = createServer((request, response) => void app.handle(request, response));
  beforeAll(async () => {
    database = await createDatabase();
    app = await buildApp({ databaseUrl: database.url, secretKey: 'a key for these tests alone' });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await app.close();
    await database.drop();
  });

  it('lets a visitor register and publish there', async () => {
    const { port } = server.address() as AddressInfo;
    const member = browserlessMember(`http://127.0.0.1:${port}/blog`);
    const fields = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    const registered = await member.submit('/register', fields);
    expect([registered.status, registered.headers.get('location')]).toEqual([303, '/blog/']);
    expect((await member.submit('/posts', { body: 'under a prefix' })).status).toBe(303);
    expect(await (await member.get('/')).text()).toContain('under a prefix');
  });
});
