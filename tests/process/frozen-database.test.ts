import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/databases.ts';
import { type FreezableProxy, freezableProxy } from '../support/freezable-proxy.ts';
import { runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

describe('a database that stops to answer', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let proxy: FreezableProxy;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createDatabase();
    proxy = await freezableProxy(database.url);
  });
  afterAll(async () => {
    await proxy.close();
    await database.drop();
    await folder.remove();
  });

  it('does not keep the process: it ends with 0 within ten seconds of the signal, and says why', async () => {
    expect((await runMicroblog(['init'], folder.path, { DATABASE_URL: database.url })).code).toBe(0);
    const server = await serveMicroblog(folder.path, { DATABASE_URL: proxy.url });
    expect((await fetch(`${server.url}/explore`)).status).toBe(200);
    proxy.freeze();
    const hanging = fetch(`${server.url}/explore`).catch(() => null);
    const start = performance.now();
    server.kill('SIGTERM');
    const { code, stdout, stderr } = await server.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(stdout).toContain('does not answer');
    expect((await hanging)?.status ?? null).not.toBe(200);
  });
});
