import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../../tests/support/databases.ts';
import { until } from '../../tests/support/until.ts';
import { type Received, webhookReceiver } from './receiver.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const taken: Received[] = [];
const requests: { readonly headers: IncomingHttpHeaders; answer: number }[] = [];
/** Faults that the programs logged. */
const log: string[] = [];
/** Number of requests that the receiver answers with an error, before and after it has accepted the message. */
const faults = { before: 0, after: 0 };

const receive = webhookReceiver(secret, (message) => taken.push(message));
const receiver = createServer((request, response) => {
  const seen = { headers: request.headers, answer: 0 };
  requests.push(seen);
  response.on('close', () => {
    seen.answer = response.statusCode;
  });
  if (faults.before-- > 0) return void response.writeHead(503).end();
  if (faults.after-- > 0) {
    const { writeHead } = response;
    response.writeHead = () => writeHead.call(response, 500);
  }
  return void receive(request, response);
});

let database: TestDatabase;
let session: Session;
let environment: NodeJS.ProcessEnv;

function run(file: string, ...options: string[]): ChildProcess {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [script, ...options], {
    env: environment,
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
  return child;
}

async function publish(body: string): Promise<void> {
  const [code] = await once(run('publish.ts', body), 'exit');
  expect(code).toBe(0);
}

/** Ends the pauses between attempts. */
const hurry = () => session.query("update microblog.jobs set run_at = now() where state = 'waiting'");

/** Resolves when nothing is left to send. */
const sent = () =>
  until(async () => {
    await hurry();
    return (await session.query('select id from microblog.jobs')).length === 0;
  });

describe('a webhook', () => {
  let worker: ChildProcess;
  beforeAll(async () => {
    database = await createDatabase();
    session = await openSession(database.url);
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    environment = {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
      WEBHOOK_SECRET: secret,
    };
    await publish('Before anybody sends.');
    worker = run('worker.ts');
  });
  afterAll(async () => {
    worker.kill();
    const [code] = await once(worker, 'exit');
    receiver.close();
    await session.end();
    await database.drop();
    expect(code).toBe(0);
  });

  it('notifies of posts published before the worker began', async () => {
    await until(() => taken.length === 1);
    await sent();
    expect(taken).toEqual([
      {
        type: 'post.published',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        data: { postId: expect.stringMatching(/^\d+$/), author: 'ada', body: 'Before anybody sends.' },
      },
    ]);
    expect(requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-signature': expect.stringMatching(/^v1,/),
    });
  });

  it('tries again if the receiver fails, with the same id, and is taken once', async () => {
    taken.length = 0;
    requests.length = 0;
    Object.assign(faults, { before: 1, after: 1 });
    await publish('Twice in vain.');
    await until(async () => {
      await hurry();
      return requests.length >= 3;
    });
    await sent();
    expect(requests.map(({ answer }) => answer)).toEqual([503, 500, 204]);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(taken).toMatchObject([{ data: { body: 'Twice in vain.' } }]);
    expect(log.join('')).toMatch(/answered with 503[\s\S]*answered with 500/);
  });

  it('is refused by the receiver if the signature is another sender’s', async () => {
    const url = environment.WEBHOOK_URL ?? '';
    const { headers } = requests.at(-1) ?? expect.fail('nothing was sent');
    const forged = await fetch(url, {
      method: 'POST',
      headers: {
        'webhook-id': String(headers['webhook-id']),
        'webhook-timestamp': String(headers['webhook-timestamp']),
        'webhook-signature': String(headers['webhook-signature']),
      },
      body: '{"type":"post.published","data":{"body":"forged"}}',
    });
    expect(forged.status).toBe(401);
    expect(taken).toHaveLength(1);
  });
});
