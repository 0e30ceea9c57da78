import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '../../tests/support/databases.ts';
import { browserlessMember } from '../../tests/support/member.ts';
import { buildApp } from './app.js';

const settings = (database: TestDatabase) => ({
  databaseUrl: database.url,
  secretKey: 'a key for these tests alone',
});

describe('a microblog that searches with MiniSearch', () => {
  let database: TestDatabase;
  let app: Awaited<ReturnType<typeof buildApp>>;
  const server = createServer((request, response) => void app.handle(request, response));
  const visitor = () => {
    const { port } = server.address() as AddressInfo;
    return browserlessMember(`http://127.0.0.1:${port}`);
  };
  const found = async (query: string) =>
    (await visitor().get(`/search?q=${encodeURIComponent(query)}`)).text();

  beforeAll(async () => {
    database = await createDatabase();
    app = await buildApp(settings(database));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await app.close();
    await database.drop();
  });

  it('finds what a visitor publishes after registering, and after a restart', async () => {
    const member = visitor();
    const fields = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    expect((await member.submit('/register', fields)).status).toBe(303);
    expect((await member.submit('/posts', { body: 'A crème brûlée for everybody' })).status).toBe(303);
    await vi.waitUntil(async () => (await found('brulee from:ada')).includes('<mark>brûlée</mark>'));
    expect(await found('"creme for"')).not.toContain('everybody');

    await app.close();
    app = await buildApp(settings(database));
    expect(await found('"crème brûlée" -coffee every*')).toContain('<mark>everybody</mark>');
  });
});
