import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createMigratedDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../support/databases.ts';
import { type FreezableProxy, freezableProxy } from '../support/freezable-proxy.ts';
import { type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let proxy: FreezableProxy;
let session: Session;
let server: Serving;

beforeAll(async () => {
  folder = await temporaryFolder();
  database = await createMigratedDatabase();
  session = await openSession(database.url);
  proxy = await freezableProxy(database.url);
});

afterAll(async () => {
  await proxy.close();
  await session.end();
  await database.drop();
  await folder.remove();
});

beforeEach(async () => {
  server = await serveMicroblog(folder.path, { DATABASE_URL: proxy.url, DATABASE_POOL: '3' });
});

afterEach(async () => {
  server.kill('SIGTERM');
  expect((await server.finished).code).toBe(0);
});

async function ask(path: string) {
  const start = performance.now();
  const response = await fetch(server.url + path);
  const text = await response.text();
  // No answer may reveal where the database is or how to sign in to it.
  for (const part of secretsOf(database.url)) expect(text).not.toContain(part);
  return { status: response.status, answer: JSON.parse(text), milliseconds: performance.now() - start };
}

const secretsOf = (url: string) => {
  const { hostname, port, password, pathname } = new URL(url);
  return [hostname, port, password, pathname.slice(1)];
};

describe('a process', () => {
  it('is alive and ready if its database is reached and current', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, answer: { status: 'alive' } });
    expect(await ask('/readyz')).toMatchObject({ status: 200, answer: { status: 'ready' } });
  });

  it('keeps idle connections for longer than the router of Heroku does (90 s), which then never meets a closed one', async () => {
    const { headers } = await fetch(`${server.url}/healthz`);
    const [, seconds] = /^timeout=(\d+)$/.exec(headers.get('Keep-Alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(90);
  });

  it('is alive but not ready while its database hangs, says so in time, and recovers', async () => {
    await ask('/readyz');
    proxy.freeze();
    const hanging = await Promise.all([ask('/readyz'), ask('/readyz'), ask('/healthz')]);
    for (const { status, answer } of hanging.slice(0, 2))
      expect([status, answer]).toEqual([503, { status: 'not ready', reason: 'database_timeout' }]);
    expect(hanging[2]?.status).toBe(200);
    // A timeout of two seconds; the rest is for a busy machine.
    for (const { milliseconds } of hanging) expect(milliseconds).toBeLessThan(10_000);
    proxy.thaw();
    await vi.waitFor(async () => expect((await ask('/readyz')).status).toBe(200), { timeout: 20_000 });
  });

  it.each([
    ['lacks a migration', 'migrations_pending', 'delete from microblog.migrations'],
    ['is newer', 'migrations_unknown', `insert into microblog.migrations values ('9999_future')`],
  ])('is not ready if its database %s', async (_what, reason, statement) => {
    const before = await session.query('select name from microblog.migrations');
    await session.query(statement);
    expect(await ask('/readyz')).toMatchObject({ status: 503, answer: { status: 'not ready', reason } });
    await session.query('delete from microblog.migrations');
    for (const { name } of before) await session.query(`insert into microblog.migrations values ('${name}')`);
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('reports the shutdown to requests meanwhile', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const answered = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (bytes) => {
        text += bytes;
      });
      socket.on('close', () => resolve(text));
    });
    // Begun before the signal, so that the connection stays open; ended after it.
    await new Promise((sent) => socket.write('GET /readyz HTTP/1.1\r\n', sent));
    await ask('/healthz');
    server.kill('SIGTERM');
    await vi.waitFor(() => expect(server.output()).toContain('"stopping"'), { timeout: 10_000 });
    socket.write('Host: x\r\n\r\n');
    const text = await answered;
    expect(text).toMatch(/^HTTP\/1\.1 503/);
    expect(text).toContain('{"status":"not ready","reason":"shutting_down"}');
  });
});

describe('GET /metrics of a process', () => {
  it('shows requests, the pool and the process', async () => {
    await ask('/readyz');
    await fetch(`${server.url}/explore`);
    const response = await fetch(`${server.url}/metrics`);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toMatch(
      /^microblog_http_request_duration_seconds_count\{method="GET",route="\/explore",status="200"\} 1$/m,
    );
    expect(text).toMatch(/^microblog_database_pool_connections [1-3]$/m);
    expect(text).toMatch(/^microblog_database_pool_limit 3$/m);
    expect(text).toMatch(/^microblog_jobs\{state="waiting"\} 0$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });
});
