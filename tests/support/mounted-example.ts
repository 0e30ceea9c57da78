import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from './databases.ts';
import { browserlessMember } from './member.ts';

interface Settings {
  readonly databaseUrl: string;
  readonly secretKey: string;
}

/** A built example: its listener, and a function that ends the rest of it. */
interface Example {
  readonly server: Server | RequestListener;
  close(): Promise<unknown>;
}

/** Uses an application with the microblog under `/blog` as a visitor with a browser would. */
export function visitExample(build: (settings: Settings) => Promise<Example>): void {
  let database: TestDatabase;
  let example: Example;
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    database = await createDatabase();
    example = await build({ databaseUrl: database.url, secretKey: 'a key for these tests alone' });
    server = typeof example.server === 'function' ? createServer(example.server) : example.server;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await example.close();
    await database.drop();
  });

  it('lets a visitor register and publish under /blog', async () => {
    const member = browserlessMember(`${origin}/blog`);
    const fields = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    const registered = await member.submit('/register', fields);
    expect([registered.status, registered.headers.get('location')]).toEqual([303, '/blog/']);
    expect((await member.submit('/posts', { body: 'under a prefix' })).status).toBe(303);
    expect(await (await member.get('/')).text()).toContain('under a prefix');
    for (const line of registered.headers.getSetCookie()) expect(line).toMatch(/; path=\/blog(;|$)/);
  });

  it('has its styles and scripts there', async () => {
    const page = await (await fetch(`${origin}/blog`)).text();
    const files = [...page.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, path = '']) => path);
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const path of files) expect((await fetch(origin + path)).status).toBe(200);
  });

  it('answers all other paths itself', async () => {
    const home = await fetch(origin);
    expect(await home.text()).toBe('The microblog is under /blog.');
    expect(home.headers.get('x-request-id')).toBeNull();
  });
}
