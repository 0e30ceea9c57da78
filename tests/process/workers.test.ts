import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { keepAliveClient } from '../support/keep-alive-client.ts';
import { runMicroblog, type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { until } from '../support/until.ts';

const COUNT = 2;

describe('WEB_CONCURRENCY', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  let variables: Record<string, string>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createMigratedDatabase();
    variables = { DATABASE_URL: database.url, WEB_CONCURRENCY: String(COUNT) };
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  const serve = () => serveMicroblog(folder.path, variables);
  const stop = async (server: Serving) => {
    server.kill('SIGTERM');
    const { code, stderr } = await server.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  };

  it('is refused with the embedded database, in words', async () => {
    const outcome = await runMicroblog(['serve'], folder.path, { PORT: '0', WEB_CONCURRENCY: '2' });
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
    expect(outcome.stderr).toMatch(/WEB_CONCURRENCY.*embedded.*WEB_CONCURRENCY=1.*DATABASE_URL/);
  });

  it('is so many processes, and each answers', async () => {
    const server = await serve();
    const workers = pidsOf(server);
    expect(new Set(workers).size).toBe(COUNT);
    expect(workers).not.toContain(server.pid);
    expect(workers.every(isAlive)).toBe(true);
    const clients = Array.from({ length: 4 }, () => keepAliveClient(`${server.url}/explore`));
    await until(() => clients.every((client) => client.answered() >= 5));
    await Promise.all(clients.map((client) => client.stop()));
    expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
    await stop(server);
    expect(workers.some(isAlive)).toBe(false);
  });

  it('logs once why workers do not start, and exits with 1', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const outcome = await runMicroblog(['serve'], folder.path, { ...variables, PORT: port });
    taken.close();
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
    expect(outcome.stderr).toContain(`PORT: ${port} is taken`);
  });

  it('replaces a worker that was killed, while the others answer', async () => {
    const server = await serve();
    const [victim = 0, other = 0] = pidsOf(server);
    process.kill(victim, 'SIGKILL');
    const replacement = await until(() => logged(server, 'a worker process was started')[0]);
    expect(replacement).toMatchObject({ insteadOf: victim });
    expect(logged(server, 'a worker process died')).toMatchObject([{ worker: victim, signal: 'SIGKILL' }]);
    expect((await fetch(`${server.url}/explore`)).status).toBe(200);
    expect(isAlive(other)).toBe(true);
    expect(isAlive(Number(replacement.worker))).toBe(true);
    await stop(server);
    expect(isAlive(Number(replacement.worker))).toBe(false);
  });

  it('loses no connection that was on its way to a worker that died', async () => {
    const server = await serve();
    const [victim = 0, other = 0] = pidsOf(server);
    // Every second connection goes to it until it holds one: a connection handed to it must stay in transit.
    process.kill(victim, 'SIGSTOP');
    const answers = Array.from({ length: 4 }, () =>
      fetch(`${server.url}/healthz`, { headers: { Connection: 'close' } }).then(({ status }) => status),
    );
    await until(() => logged(server, 'request').length >= 3);
    process.kill(victim, 'SIGKILL');
    expect(await Promise.all(answers)).toEqual([200, 200, 200, 200]);
    expect(isAlive(other)).toBe(true);
    await stop(server);
  });

  it('closes such a connection if no other worker is left', async () => {
    const server = await serve();
    const workers = pidsOf(server);
    for (const pid of workers) process.kill(pid, 'SIGSTOP');
    const ends = Array.from({ length: COUNT }, () => connectionEnd(server.url));
    await Promise.all(ends.map(({ connected }) => connected));
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    await Promise.all(ends.map(({ closed }) => closed));
    await until(() => logged(server, 'a worker process was started').length === COUNT);
    await stop(server);
  });

  it('restarts one worker after the other on SIGHUP, and drops no request', async () => {
    const server = await serve();
    const before = pidsOf(server);
    const clients = Array.from({ length: 8 }, () =>
      keepAliveClient(`${server.url}/explore`, { reconnect: true }),
    );
    await until(() => clients.every((client) => client.answered() >= 3));
    server.kill('SIGHUP');
    const replaced = await until(() => {
      const lines = logged(server, 'a worker process was replaced');
      return lines.length === COUNT ? lines : null;
    });
    const answered = clients.map((client) => client.answered());
    await until(() => clients.every((client, index) => client.answered() > (answered[index] ?? 0) + 3));
    await Promise.all(clients.map((client) => client.stop()));
    expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
    expect(new Set(clients.flatMap(({ statuses }) => [...statuses.keys()]))).toEqual(new Set([200]));
    expect(replaced.map(({ insteadOf }) => insteadOf).sort()).toEqual([...before].sort());
    expect(before.some(isAlive)).toBe(false);
    expect(replaced.every(({ worker }) => isAlive(Number(worker)))).toBe(true);
    expect(isAlive(server.pid)).toBe(true);
    await stop(server);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'lets all workers answer what was accepted on %s, also twice, to all processes',
    async (signal) => {
      const server = await serve();
      const workers = pidsOf(server);
      const clients = Array.from({ length: 8 }, () => keepAliveClient(`${server.url}/explore`));
      await until(() => clients.every((client) => client.answered() >= 3));
      const start = performance.now();
      // As platforms do it: to the whole group.
      for (let time = 0; time < 2; time++) {
        server.kill(signal);
        for (const pid of workers) process.kill(pid, signal);
      }
      const { code, stderr } = await server.finished;
      expect(performance.now() - start).toBeLessThan(10_000);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      await Promise.all(clients.map((client) => client.stop()));
      expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
      expect(workers.some(isAlive)).toBe(false);
    },
  );

  it('leaves no worker behind when the primary process is killed', async () => {
    const server = await serve();
    const workers = pidsOf(server);
    server.kill('SIGKILL');
    await server.finished;
    await until(() => !workers.some(isAlive));
    await expect(fetch(`${server.url}/explore`)).rejects.toThrow();
  });

  it('gives up, in words, when no worker lives to be ready', async () => {
    const server = await serve();
    // Each replacement of a worker crashes at once, like a program that no longer starts.
    let killed = 0;
    for (const pid of pidsOf(server)) process.kill(pid, 'SIGKILL');
    let ended = false;
    void server.finished.then(() => {
      ended = true;
    });
    await until(() => {
      const started = logged(server, 'a worker process was started').slice(killed);
      for (const { worker } of started) process.kill(Number(worker), 'SIGKILL');
      killed += started.length;
      return ended;
    });
    const { code, stderr } = await server.finished;
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('SIGKILL before it was ready');
    expect(killed).toBeGreaterThanOrEqual(5);
    expect(killed).toBeLessThan(12);
  });
});

/** A connection over which nothing is sent. */
function connectionEnd(url: string): { connected: Promise<unknown>; closed: Promise<unknown> } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Ended by the server's end: with or without a reset.
  socket.on('error', () => {});
  return { connected: once(socket, 'connect'), closed: once(socket, 'close') };
}

interface Line {
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** What the server has logged so far under a message. */
function logged(server: Serving, message: string): Line[] {
  const lines = server.output().split('\n').slice(0, -1);
  return lines.map((line): Line => JSON.parse(line)).filter(({ msg }) => msg === message);
}

function pidsOf(server: Serving): number[] {
  const [ready] = logged(server, `Microblog is ready at ${server.url}`);
  return Array.isArray(ready?.workers) ? ready.workers : [];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
