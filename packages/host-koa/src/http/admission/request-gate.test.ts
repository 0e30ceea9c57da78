import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { requestGate, urgentPaths } from './request-gate.ts';

/** A request that has begun. It ends when the test says so. */
interface Begun {
  readonly path: string;
  end(): void;
}

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(limit: number) {
  const begun: Begun[] = [];
  const refused: string[] = [];
  const gate = requestGate({
    limit,
    isUrgent: urgentPaths([{ method: 'GET', path: '/healthz', group: 'open', kind: 'json' }]),
    onRefused: (method) => void refused.push(method),
  });
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = request.url?.split('?')[0] ?? '';
    const work = () =>
      new Promise<void>((resolve) => {
        const end = () => {
          response.end(`answer to ${path}`);
          resolve();
        };
        begun.push({ path, end });
      });
    void gate(request, response, path, work);
  }).listen(0, '127.0.0.1');
  const peers: Socket[] = [];
  server.on('connection', (socket) => void peers.push(socket));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const started = (count: number) => expect.poll(() => begun.length).toBe(count);
  const request = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
  return { begun, refused, peers, port, started, request };
}

describe('the gate for requests', () => {
  it('refuses at once what is beyond the limit, with the time to wait', async () => {
    const { begun, refused, request, started } = await serve(2);
    const running = [request('/1'), request('/2')];
    await started(2);
    const answer = await request('/3');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('Retry-After')).toBe('2');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.text()).toContain('Please try again in a moment.');
    expect(refused).toEqual(['GET']);
    for (const { end } of begun) end();
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('takes the next one as soon as one has ended', async () => {
    const { begun, request, started } = await serve(1);
    const first = request('/1');
    await started(1);
    expect((await request('/2')).status).toBe(503);
    begun[0]?.end();
    await first;
    const next = request('/3');
    await started(2);
    begun[1]?.end();
    expect((await next).status).toBe(200);
  });

  it('keeps room for forms', async () => {
    const { begun, request, started } = await serve(4);
    const running = Array.from({ length: 4 }, () => request('/page'));
    await started(4);
    const form = request('/posts', 'POST');
    await started(5);
    expect((await request('/page')).status).toBe(503);
    expect((await request('/posts', 'POST')).status).toBe(503);
    for (const { end } of begun) end();
    expect((await form).status).toBe(200);
    await Promise.all(running);
  });

  it('always lets urgent paths pass, and does not count them', async () => {
    const { begun, request, started } = await serve(1);
    const running = [request('/healthz'), request('/healthz?x'), request('/page'), request('/healthz')];
    await started(4);
    expect((await request('/healthy')).status).toBe(503);
    for (const { end } of begun) end();
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe('a connection that sends requests ahead', () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: example.org\r\n\r\n`;

  it('has one in progress, and gets the answers in order', async () => {
    const { begun, port, started } = await serve(10);
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let received = '';
    socket.on('data', (text) => {
      received += text;
    });
    socket.write(get('/1') + get('/2') + get('/3'));
    for (const count of [1, 2, 3]) {
      await started(count);
      expect(begun).toHaveLength(count);
      begun[count - 1]?.end();
    }
    await expect
      .poll(() => received.match(/answer to \/./g))
      .toEqual(['answer to /1', 'answer to /2', 'answer to /3']);
    socket.destroy();
  });

  it('begins none of the rest once it is closed', async () => {
    const { begun, peers, port, started, request } = await serve(10);
    const socket = connect(port, '127.0.0.1');
    socket.write(Array.from({ length: 50 }, (_, number) => get(`/${number}`)).join(''));
    await started(1);
    const [peer] = peers;
    socket.destroy();
    await expect.poll(() => peer?.destroyed).toBe(true);
    begun[0]?.end();
    const other = request('/other');
    await started(2);
    expect(begun.map(({ path }) => path)).toEqual(['/0', '/other']);
    begun[1]?.end();
    await other;
  });

  it('is closed if more than a hundred wait', async () => {
    const { begun, port } = await serve(10);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(Array.from({ length: 102 }, (_, number) => get(`/${number}`)).join(''));
    await new Promise((closed) => socket.once('close', closed));
    expect(begun).toHaveLength(1);
  });
});
