import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { type FreezableProxy, freezableProxy } from '../support/freezable-proxy.ts';
import { serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

describe('a database that stops to answer', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let proxy: FreezableProxy;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createMigratedDatabase();
    proxy = await freezableProxy(database.url);
  });
  afterAll(async () => {
    await proxy.close();
    await database.drop();
    await folder.remove();
  });

  it('answers requests after some seconds; when the database answers again, so do pages', async () => {
    const server = await serveMicroblog(folder.path, { DATABASE_URL: proxy.url });
    expect((await fetch(`${server.url}/explore`)).status).toBe(200);
    proxy.freeze();
    // Over an existing connection, and over a new one.
    const hanging = [1, 2].map(() => fetch(`${server.url}/explore`, { signal: AbortSignal.timeout(20_000) }));
    for (const response of await Promise.all(hanging)) {
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(response.headers.get('Content-Type')).toContain('text/html');
    }
    expect(server.output()).toContain('did not answer in time');
    proxy.thaw();
    expect((await fetch(`${server.url}/explore`)).status).toBe(200);
    server.kill('SIGTERM');
    expect(await server.finished).toMatchObject({ code: 0, stderr: '' });
  });

  it('does not delay the end of the process: it exits with 0 in ten seconds after the signal, and logs why', async () => {
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
