import { createServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { isMicroblogError, type MicroblogError } from '@microblog/core';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostMailer } from '../../src/outbound/mail/host-mailer.ts';
import { type SmtpMailerOptions, type SmtpServer, smtpMailer } from '../../src/outbound/mail/smtp-mailer.ts';
import { bodiesOf, headerNames, headerOf } from '../support/mail-text.ts';
import { certificate, mailServer } from '../support/smtp-server.ts';

const mail = { to: ['bob@example.org'], subject: 'Hello', text: 'A text.' };
const credentials = { username: 'mailer@example.org', password: 'a password with ünicode' };

let warnings: object[];
let mailer: HostMailer;
beforeEach(() => {
  warnings = [];
});
afterEach(() => mailer.close());

function open(
  port: number,
  server: Partial<SmtpServer> = {},
  options: Partial<SmtpMailerOptions> = {},
): HostMailer {
  mailer = smtpMailer({
    server: { host: '127.0.0.1', port, encryption: 'optional', credentials: undefined, ...server },
    from: { name: 'Microblog', address: 'microblog@example.org' },
    logger: { debug() {}, info() {}, error() {}, warn: (details) => void warnings.push(details) },
    ...options,
  });
  return mailer;
}

async function failure(work: Promise<unknown>): Promise<MicroblogError> {
  const error: unknown = await work.then(
    () => expect.fail('it was sent'),
    (thrown: unknown) => thrown,
  );
  if (!isMicroblogError(error, 'mail_failed')) throw error;
  // No part of the error that may be logged contains recipients or secrets.
  const texts = [error.message, error.stack, JSON.stringify(error.details), String(error.cause ?? '')].join();
  expect(texts).not.toMatch(/bob|carol|mailer@|a password|YSBwYXNz/i);
  return error;
}

const signsIn = (accepted: string): SMTPServerOptions => ({
  authOptional: false,
  onAuth({ username, password }, _session, done) {
    if (password === accepted) done(null, { user: String(username) });
    else done(new Error(`${username}, ${password} is no password of yours`));
  },
});

function refusal(status: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: status });
}

describe('a message', () => {
  it('arrives with its sender, recipients, subject and text', async () => {
    await using server = await mailServer();
    await open(server.port).send({ ...mail, to: ['bob@example.org', 'carol@example.com'] });
    const [received] = server.received;
    expect(received).toMatchObject({
      from: 'microblog@example.org',
      to: ['bob@example.org', 'carol@example.com'],
    });
    const { raw = '' } = received ?? {};
    expect(headerOf(raw, 'From')).toBe('Microblog <microblog@example.org>');
    expect(headerOf(raw, 'Subject')).toBe('Hello');
    expect(headerOf(raw, 'Auto-Submitted')).toBe('auto-generated');
    expect(bodiesOf(raw)).toEqual({ 'text/plain': 'A text.' });
  });

  it('accepts a sender as one text if it is valid', async () => {
    await using server = await mailServer();
    await open(server.port, {}, { from: 'The Reading Room <blog@example.org>' }).send(mail);
    expect(headerOf(server.received[0]?.raw ?? '', 'From')).toBe('The Reading Room <blog@example.org>');
    for (const from of ['', 'blog', 'a@b.c, d@e.f', 'a@b.c\r\nBcc: d@e.f'])
      expect(() => open(server.port, {}, { from })).toThrow(/from must be like/);
  });

  it('keeps other scripts and emoji in subject, text, HTML and addresses', async () => {
    await using server = await mailServer();
    const words = 'Añadió — 世界 👩‍👩‍👧';
    await open(server.port).send({
      to: ['josé@exämple.org'],
      subject: words,
      text: `${words}\n${words.repeat(20)}`,
      html: `<p>${words}</p>`,
    });
    const [{ raw, to } = { raw: '', to: [] }] = server.received;
    expect(to).toEqual(['josé@exämple.org']);
    expect(headerOf(raw, 'Subject')).toBe(words);
    expect(bodiesOf(raw)).toEqual({
      'text/plain': `${words}\n${words.repeat(20)}`,
      'text/html': `<p>${words}</p>`,
    });
    expect(headerOf(raw, 'Content-Type')).toContain('multipart/alternative');
  });

  it('takes further headers', async () => {
    await using server = await mailServer();
    await open(server.port).send({ ...mail, headers: { 'List-Unsubscribe': '<https://example.org/off>' } });
    expect(headerOf(server.received[0]?.raw ?? '', 'List-Unsubscribe')).toBe('<https://example.org/off>');
  });

  it('goes over a kept connection, and over a new one if the server has closed it', async () => {
    await using server = await mailServer();
    const { send } = open(server.port);
    for (let count = 0; count < 3; count++) await send(mail);
    expect(server.connections).toBe(1);
    server.hangUp();
    await send(mail);
    expect([server.received.length, server.connections]).toEqual([4, 2]);
  });
});

describe('posts', () => {
  const attack = 'Hi\r\nBcc: eve@example.net\r\n\r\nBuy!\n\u2028X-Evil: 1';

  it('never becomes a header: a subject stays one line', async () => {
    await using server = await mailServer();
    await open(server.port).send({ ...mail, subject: attack, headers: { 'X-Note': attack } });
    const [{ raw, to } = { raw: '', to: [] }] = server.received;
    expect(to).toEqual(['bob@example.org']);
    expect(headerNames(raw)).not.toContain('bcc');
    expect(headerNames(raw)).not.toContain('x-evil');
    expect(headerOf(raw, 'Subject')).toBe('Hi Bcc: eve@example.net Buy! X-Evil: 1');
    expect(bodiesOf(raw)).toEqual({ 'text/plain': 'A text.' });
  });

  it.each([
    [[]],
    [['']],
    [['nobody']],
    [['bob@example.org, eve@example.net']],
    [['bob@example.org\r\nBcc: eve@example.net']],
    [['Bob <bob@example.org>']],
    [['bob@example.org>\r\nRCPT TO:<eve@example.net']],
    [['"bob\r\n"@example.org']],
    [['bob @example.org']],
  ])('is no recipient but a single address: %j', async (to) => {
    await using server = await mailServer();
    const error = await failure(open(server.port).send({ ...mail, to }));
    expect(error.details).toEqual({ retry: false });
    expect(server.connections).toBe(0);
  });

  it.each(['Bcc', 'subject', 'Content-Type', 'X-A\r\nBcc', ''])('sets no header %j', async (name) => {
    await using server = await mailServer();
    const error = await failure(open(server.port).send({ ...mail, headers: { [name]: 'eve@example.net' } }));
    expect(error.details).toEqual({ retry: false });
  });
});

describe('encryption', () => {
  const trusted = getCACertificates('default');
  const trustTestCertificate = () => setDefaultCACertificates([...trusted, certificate]);
  afterEach(() => setDefaultCACertificates([...trusted]));

  it('by STARTTLS or from the first byte, with a certificate that verifies', async () => {
    trustTestCertificate();
    await using startTls = await mailServer();
    await open(startTls.port, { encryption: 'starttls', host: 'localhost' }).send(mail);
    await using implicit = await mailServer({ secure: true });
    mailer.close();
    await open(implicit.port, { encryption: 'tls', host: 'localhost' }).send(mail);
    expect([...startTls.received, ...implicit.received].map(({ encrypted }) => encrypted)).toEqual([
      true,
      true,
    ]);
  });

  it.each(['starttls', 'tls'] as const)('refuses an untrusted certificate: %s', async (encryption) => {
    await using server = await mailServer({ secure: encryption === 'tls' });
    const error = await failure(open(server.port, { encryption, host: 'localhost' }).send(mail));
    expect(error.details).toMatchObject({ retry: true, reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
    expect(server.received).toEqual([]);
  });

  it('refuses a certificate of another name', async () => {
    trustTestCertificate();
    await using server = await mailServer({ secure: true }, '127.0.0.2');
    const error = await failure(open(server.port, { encryption: 'tls', host: '127.0.0.2' }).verify());
    expect(error.details).toMatchObject({ reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(error.message).toContain('set MAIL_SERVER to the name in the certificate');
  });

  it('sends nothing in clear if STARTTLS is required and not offered', async () => {
    await using server = await mailServer({ disabledCommands: ['STARTTLS'] });
    const error = await failure(open(server.port, { encryption: 'starttls' }).send(mail));
    expect(error.message).toContain('MAIL_USE_TLS');
    expect(server.received).toEqual([]);
  });

  it('is used if offered, with any certificate, when it is optional', async () => {
    await using offering = await mailServer();
    await open(offering.port).send(mail);
    await using without = await mailServer({ disabledCommands: ['STARTTLS'] });
    mailer.close();
    await open(without.port).send(mail);
    expect([...offering.received, ...without.received].map(({ encrypted }) => encrypted)).toEqual([
      true,
      false,
    ]);
  });
});

describe('signing in', () => {
  it('with the right password, other scripts included', async () => {
    await using server = await mailServer(signsIn(credentials.password));
    await open(server.port, { credentials }).send(mail);
    expect(server.received).toMatchObject([{ user: credentials.username }]);
  });

  it('with a wrong one fails for good, and no word of it is repeated', async () => {
    await using server = await mailServer(signsIn('another'));
    const error = await failure(open(server.port, { credentials }).send(mail));
    expect(error.details).toMatchObject({ retry: false, status: 535 });
    expect(error.message).toContain('MAIL_USERNAME and MAIL_PASSWORD');
    expect(server.received).toEqual([]);
  });
});

describe('a refusal', () => {
  it('with 5yz is for good; the recipient is not repeated, the reason is', async () => {
    await using server = await mailServer({
      onRcptTo: ({ address }, _session, done) => done(refusal(550, `No such user: <${address}>, sorry`)),
    });
    const error = await failure(open(server.port).send(mail));
    expect(error.details).toMatchObject({ retry: false, status: 550, server: `127.0.0.1:${server.port}` });
    expect(error.message).toContain('No such user');
  });

  it('with 4yz may pass: the same mail is taken later', async () => {
    let refusals = 0;
    await using server = await mailServer({
      onRcptTo: (_address, _session, done) =>
        done(refusals++ === 0 ? refusal(451, 'Greylisted, come back') : undefined),
    });
    const { send } = open(server.port);
    expect((await failure(send(mail))).details).toMatchObject({ retry: true, status: 451 });
    await send(mail);
    expect(server.received).toHaveLength(1);
  });

  it('of some recipients keeps nothing from the others, and is counted in the log', async () => {
    await using server = await mailServer({
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('carol') ? refusal(550, 'No such user') : undefined),
    });
    await open(server.port).send({ ...mail, to: ['bob@example.org', 'carol@example.org'] });
    expect(server.received).toMatchObject([{ to: ['bob@example.org'] }]);
    expect(warnings).toEqual([{ refused: 1, recipients: 2 }]);
  });
});

describe('a server that is not there', () => {
  it('refuses connections', async () => {
    const server = await mailServer();
    const { port } = server;
    await server[Symbol.asyncDispose]();
    const error = await failure(open(port).send(mail));
    expect(error.details).toMatchObject({ retry: true, reason: 'ECONNREFUSED' });
    expect(error.message).toContain('MAIL_SERVER');
  });

  it('has no address', async () => {
    const error = await failure(open(25, { host: 'mail.invalid' }).send(mail));
    expect(error.details).toMatchObject({ retry: true, server: 'mail.invalid:25' });
  });

  it('accepts connections and does not answer', async () => {
    const silent = createServer((socket) => void socket.on('error', () => {}));
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const address = silent.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const error = await failure(open(port, {}, { connectionTimeout: 200 }).send(mail));
    expect(error.details).toMatchObject({ retry: true, reason: 'ETIMEDOUT' });
    mailer.close();
    await new Promise((closed) => silent.close(closed));
  });

  it('stops answering in the middle', async () => {
    await using server = await mailServer({ onMailFrom: () => {} });
    const error = await failure(open(server.port, {}, { answerTimeout: 200 }).send(mail));
    expect(error.details).toMatchObject({ retry: true });
  });
});

describe('verify', () => {
  it('resolves if the server accepts connection and sign-in, and sends nothing', async () => {
    await using server = await mailServer(signsIn(credentials.password));
    await open(server.port, { credentials }).verify();
    expect(server.received).toEqual([]);
  });

  it('says what is wrong', async () => {
    await using server = await mailServer(signsIn('another'));
    const error = await failure(open(server.port, { credentials }).verify());
    expect(error.message).toContain('MAIL_PASSWORD');
  });
});

describe('close', () => {
  it('cancels mails in progress, and refuses later ones', async () => {
    let reached = () => {};
    const sending = new Promise<void>((resolve) => {
      reached = resolve;
    });
    await using server = await mailServer({ onMailFrom: () => reached() });
    const { send, close } = open(server.port);
    const failed = failure(send(mail));
    await sending;
    close();
    close();
    expect((await failed).details.retry).toBe(true);
    expect((await failure(send(mail))).details.retry).toBe(true);
  });
});
