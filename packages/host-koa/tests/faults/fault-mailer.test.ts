import { createServer } from 'node:net';
import { MicroblogError } from '@microblog/core';
import { fixedClock } from '@microblog/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type FaultMailer,
  faultMailer,
  MAX_KINDS,
  WINDOW_MS,
} from '../../src/operations/faults/fault-mailer.ts';
import type { Fault } from '../../src/operations/faults/fault-reporter.ts';
import { scrubber } from '../../src/operations/logging/scrub.ts';
import type { HostMailer } from '../../src/outbound/mail/host-mailer.ts';
import { smtpMailer } from '../../src/outbound/mail/smtp-mailer.ts';
import { bodiesOf, headerOf } from '../support/mail-text.ts';
import { type MailServer, mailServer } from '../support/smtp-server.ts';

const SECRET = 'a secret key of some length';
const clock = fixedClock(new Date('2026-03-01T08:00:00.000Z'));

let server: MailServer;
let mailer: HostMailer;
let faults: FaultMailer;
let logged: { details: object; message: string }[];

beforeEach(async () => {
  server = await mailServer();
  open(server.port);
});
afterEach(async () => {
  await faults.close(1_000);
  mailer.close();
  await server[Symbol.asyncDispose]();
});

function open(port: number, connectionTimeout = 5_000): void {
  logged = [];
  const logger = {
    debug() {},
    info() {},
    error() {},
    warn: (details: object, message: string) => void logged.push({ details, message }),
  };
  mailer = smtpMailer({
    server: { host: '127.0.0.1', port, encryption: 'optional', credentials: undefined },
    from: { name: '', address: 'microblog@example.org' },
    logger,
    connectionTimeout,
  });
  faults = faultMailer({
    mailer,
    admins: ['admin@example.org', 'root@example.org'],
    site: 'blog.example.org',
    clock,
    logger,
    scrub: scrubber([SECRET]),
  });
}

const request = (error: unknown, requestId = 'request-1'): Fault => ({
  error,
  where: 'GET /posts/:id',
  status: 500,
  requestId,
});

/** Errors of one kind: thrown by one line. */
const broken = (message: string) => new TypeError(message);
const otherwiseBroken = (message: string) => new RangeError(message);

async function sent(count: number) {
  const mails = await server.arrived(count);
  await faults.settled(5_000);
  expect(mails).toHaveLength(count);
  return mails.map(({ raw, to }) => ({
    to,
    subject: headerOf(raw, 'Subject') ?? '',
    text: bodiesOf(raw)['text/plain'] ?? '',
  }));
}

describe('the first fault of a kind', () => {
  it('is mailed at once: what, where, when, which request, with its stack', async () => {
    faults.report(request(broken('no such thing')));
    const [mail] = await sent(1);
    expect(mail?.to).toEqual(['admin@example.org', 'root@example.org']);
    expect(mail?.subject).toBe('[blog.example.org] TypeError in GET /posts/:id');
    expect(mail?.text).toMatch(/^Time +2026-03-01T08:00:00.000Z$/m);
    expect(mail?.text).toMatch(/^Where +GET \/posts\/:id$/m);
    expect(mail?.text).toMatch(/^Status +500$/m);
    expect(mail?.text).toMatch(/^Request id +request-1$/m);
    expect(mail?.text).toMatch(/^TypeError: no such thing\n +at broken /m);
  });

  it('names the code, and the causes', async () => {
    const cause = new Error('relation "posts" is gone');
    faults.report(request(new MicroblogError('storage_failed', 'The storage failed.', { cause })));
    const [mail] = await sent(1);
    expect(mail?.subject).toContain('MicroblogError storage_failed in');
    expect(mail?.text).toContain('caused by: Error: relation "posts" is gone');
  });

  it('reports a job, a crash, and a value that is not an error', async () => {
    faults.report({ error: broken('job'), where: 'job mail.follower' });
    faults.report({ error: 'a text', where: 'process' });
    const mails = await sent(2);
    for (const { text } of mails) expect(text).not.toMatch(/request id/i);
    const subjects = mails.map(({ subject }) => subject).sort();
    expect(subjects).toEqual([
      '[blog.example.org] TypeError in job mail.follower',
      '[blog.example.org] a thrown string in process',
    ]);
  });

  it('shows no address, no password in an address, no secret', async () => {
    faults.report(request(broken(`for ada@example.com by ${SECRET} at postgres://u:pass-word@db/app`)));
    const [mail] = await sent(1);
    expect(mail?.text).toContain('for <address> by ******** at postgres://********@db/app');
    expect(mail?.text).not.toMatch(/ada@|pass-word|a secret key/);
  });
});

describe('further faults of the kind', () => {
  it('are counted for ten minutes, then reported in one mail, then again', async () => {
    for (let count = 0; count < 5; count++) {
      faults.report(request(broken(`number ${count}`), `request-${count}`));
      clock.advance(60_000);
    }
    expect(await sent(1)).toHaveLength(1);
    faults.sweep();
    clock.advance(WINDOW_MS);
    faults.sweep();
    const [, summary] = await sent(2);
    expect(summary?.subject).toBe('[blog.example.org] 4 × TypeError in GET /posts/:id');
    expect(summary?.text).toMatch(/^4 times since 2026-\S+Z; this is the latest\./);
    expect(summary?.text).toContain('request-4');

    // The summary began a window of its own.
    faults.report(request(broken('once more')));
    clock.advance(WINDOW_MS - 1);
    faults.sweep();
    expect(await sent(2)).toHaveLength(2);
    clock.advance(1);
    faults.sweep();
    expect((await sent(3))[2]?.subject).toBe('[blog.example.org] TypeError in GET /posts/:id');
  });

  it('of another kind are mailed beside them', async () => {
    faults.report(request(broken('one')));
    faults.report(request(otherwiseBroken('two')));
    expect((await sent(2)).map(({ subject }) => subject).sort()).toEqual([
      '[blog.example.org] RangeError in GET /posts/:id',
      '[blog.example.org] TypeError in GET /posts/:id',
    ]);
  });

  it('are a first one again when a window has passed without any', async () => {
    faults.report(request(broken('one')));
    await sent(1);
    clock.advance(WINDOW_MS);
    faults.sweep();
    faults.report(request(broken('two')));
    await sent(2);
  });

  it('are logged, not mailed, when the process ends before', async () => {
    for (let count = 0; count < 3; count++) faults.report(request(broken('no')));
    await sent(1);
    await faults.close(1_000);
    await faults.close(1_000);
    faults.report(request(otherwiseBroken('too late')));
    expect(logged).toEqual([{ details: { fault: 'TypeError', count: 2 }, message: 'faults not mailed' }]);
    await sent(1);
  });
});

it('separates a bounded number of kinds; all others share one mail', async () => {
  for (let number = 0; number < MAX_KINDS + 100; number++) {
    faults.report(request(Object.assign(new Error('no'), { code: `E${number}` })));
  }
  const mails = await sent(MAX_KINDS + 1);
  expect(mails.filter(({ subject }) => subject.includes('further kinds of faults'))).toHaveLength(1);
});

describe('a mail server that fails', () => {
  it('is in the log alone, once', async () => {
    const { port } = server;
    await server[Symbol.asyncDispose]();
    open(port);
    faults.report(request(broken('one')));
    faults.report(request(broken('two')));
    await faults.settled(5_000);
    expect(logged).toMatchObject([
      { message: 'background work failed', details: { err: { code: 'mail_failed' } } },
    ]);
    server = await mailServer();
  });

  it('is tried again when the window ends, with the whole count', async () => {
    let refuse = true;
    await server[Symbol.asyncDispose]();
    server = await mailServer({
      onMailFrom: (_address, _session, done) =>
        done(refuse ? Object.assign(new Error('Not now'), { responseCode: 451 }) : undefined),
    });
    open(server.port);
    for (let count = 0; count < 3; count++) faults.report(request(broken('no')));
    await faults.settled(5_000);
    expect([server.received.length, logged.length]).toEqual([0, 1]);
    refuse = false;
    faults.sweep();
    clock.advance(WINDOW_MS);
    faults.sweep();
    expect((await sent(1))[0]?.subject).toBe('[blog.example.org] 3 × TypeError in GET /posts/:id');
  });

  it('blocks nothing: reporting returns at once, and so does the end of the process', async () => {
    const silent = createServer((socket) => void socket.on('error', () => {}));
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const address = silent.address();
    mailer.close();
    open(typeof address === 'object' ? (address?.port ?? 0) : 0, 60_000);
    const start = performance.now();
    faults.report(request(broken('no')));
    await faults.close(50);
    expect(performance.now() - start).toBeLessThan(10_000);
    mailer.close();
    await new Promise((closed) => silent.close(closed));
  });
});
