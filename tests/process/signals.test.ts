import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialisedFolder } from '../support/initialised-folder.ts';
import { keepAliveClient } from '../support/keep-alive-client.ts';
import { browserlessMember } from '../support/member.ts';
import { type Serving, serveMicroblog } from '../support/microblog-process.ts';
import { until } from '../support/until.ts';

const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };

describe('stopping', () => {
  let folder: Awaited<ReturnType<typeof initialisedFolder>>;
  beforeAll(async () => {
    folder = await initialisedFolder();
  });
  afterAll(() => folder.remove());

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s, also twice: answers what was accepted, closes idle connections, ends with 0 within ten seconds',
    async (signal) => {
      const server = await serveMicroblog(folder.path);
      const idle = await idleConnection(server);
      const member = browserlessMember(server.url);
      const nickname = signal.toLowerCase();
      // Hashing the password keeps this request running while the signal arrives.
      await member.get('/explore');
      const running = member.submit('/register', {
        ...registration,
        nickname,
        email: `${nickname}@example.org`,
      });
      await untilLogged(server, '/explore');
      const start = performance.now();
      server.kill(signal);
      server.kill(signal);
      expect((await running).status).toBe(303);
      const { code, stderr } = await server.finished;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(performance.now() - start).toBeLessThan(10_000);
      await idle.closed;
    },
  );

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s, also twice, under keep-alive traffic: drops nothing that was accepted',
    async (signal) => {
      const server = await serveMicroblog(folder.path);
      const clients = Array.from({ length: 8 }, () => keepAliveClient(`${server.url}/explore`));
      await until(() => clients.every((client) => client.answered() >= 3));
      const start = performance.now();
      server.kill(signal);
      server.kill(signal);
      const { code, stderr } = await server.finished;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(performance.now() - start).toBeLessThan(10_000);
      await Promise.all(clients.map((client) => client.stop()));
      expect(clients.flatMap(({ failures }) => failures)).toEqual([]);
    },
  );

  it('does not wait for a client that never ends its request', async () => {
    const server = await serveMicroblog(folder.path);
    const { port } = new URL(server.url);
    const socket = connect(Number(port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write(
      'POST /posts HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\n',
    );
    await untilAnswering(server);
    const start = performance.now();
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
    expect(performance.now() - start).toBeLessThan(10_000);
    await closed;
  });
});

/** A connection that was used once and is kept alive. */
async function idleConnection(server: Serving): Promise<{ closed: Promise<unknown> }> {
  const { port } = new URL(server.url);
  const socket = connect(Number(port), '127.0.0.1');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => {
    socket.once('data', resolve);
    socket.write('GET /assets/none HTTP/1.1\r\nHost: x\r\n\r\n');
  });
  return { closed };
}

async function untilAnswering(server: Serving): Promise<void> {
  expect((await fetch(`${server.url}/explore`)).status).toBe(200);
}

/** Waits until the log has the page with the form's token; then the form is on its way. */
async function untilLogged(server: Serving, route: string): Promise<void> {
  const count = () => server.output().split(`"route":"${route}"`).length - 1;
  await until(() => count() >= 2);
}
