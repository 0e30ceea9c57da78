import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodiesOf, headerOf } from '../../packages/host-koa/tests/support/mail-text.ts';
import {
  certificateFile,
  type MailServer,
  mailServer,
} from '../../packages/host-koa/tests/support/smtp-server.ts';
import { createMigratedDatabase, runStatements, type TestDatabase } from '../support/databases.ts';
import { type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

const mailPassword = 'pass-word of the mailer';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let mails: MailServer;
beforeAll(async () => {
  folder = await temporaryFolder();
  mails = await mailServer({
    authOptional: false,
    onAuth({ username, password }, _session, done) {
      if (password === mailPassword) done(null, { user: String(username) });
      else done(new Error('No.'));
    },
  });
});
afterAll(async () => {
  await mails[Symbol.asyncDispose]();
  await folder.remove();
});
beforeEach(async () => {
  database = await createMigratedDatabase();
});
afterEach(() => database.drop());

const variables = () => ({
  DATABASE_URL: database.url,
  BASE_URL: 'https://blog.example.org',
  MAIL_SERVER: 'localhost',
  MAIL_PORT: String(mails.port),
  MAIL_USE_TLS: '1',
  MAIL_USERNAME: 'mailer',
  MAIL_PASSWORD: mailPassword,
  ADMINS: 'admin@example.org',
  // Operators with a certificate of their own set this.
  NODE_EXTRA_CA_CERTS: fileURLToPath(certificateFile),
});

/** Removes its tables while it serves. */
const breakDatabase = () => runStatements(database.url, ['drop schema microblog cascade']);

async function stopped(server: Serving): Promise<string> {
  server.kill('SIGTERM');
  const { code, stdout, stderr } = await server.finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('microblog serve', () => {
  it('mails its administrators one mail when requests fail by its own fault, however many', async () => {
    const before = mails.received.length;
    const server = await serveMicroblog(folder.path, variables());
    await breakDatabase();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        fetch(`${server.url}/explore?secret=in-the-address`, { headers: { cookie: 'a=in-the-cookie' } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(503));
    await mails.arrived(before + 1);
    const output = await stopped(server);
    expect(mails.received).toHaveLength(before + 1);

    const mail = mails.received.at(-1);
    expect(mail).toMatchObject({
      from: 'microblog@blog.example.org',
      to: ['admin@example.org'],
      encrypted: true,
    });
    expect(headerOf(mail?.raw ?? '', 'Subject')).toBe(
      '[blog.example.org] MicroblogError migrations_pending in GET /explore',
    );
    const { 'text/plain': text = '' } = bodiesOf(mail?.raw ?? '');
    const requestId = /^Request id +(\S+)$/m.exec(text)?.[1];
    expect(answers.map(({ headers }) => headers.get('X-Request-Id'))).toContain(requestId);
    expect(text).toMatch(/^Where +GET \/explore$/m);
    expect(text).toMatch(/\n +at .+\.js:\d+:\d+/);
    expect(text).not.toMatch(/in-the-address|in-the-cookie|pass-word|@example/);
    expect(output).not.toMatch(/in-the-address|in-the-cookie|pass-word|@example/);
    // Faults that were only counted are logged at the end.
    expect(output).toMatch(/"count":9,"msg":"faults not mailed"/);
  });

  it('mails an uncaught exception, and ends with 1', async () => {
    const before = mails.received.length;
    const crash = 'process.on("SIGUSR2", () => { throw new RangeError("boom") })';
    const server = await serveMicroblog(folder.path, {
      ...variables(),
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}`,
    });
    server.kill('SIGUSR2');
    expect((await server.finished).code).toBe(1);
    const subjects = mails.received.slice(before).map(({ raw }) => headerOf(raw, 'Subject'));
    expect(subjects).toEqual(['[blog.example.org] RangeError in process']);
  });

  it('answers and stops normally while the mail server is dead; the log reports it, without a name', async () => {
    const server = await serveMicroblog(folder.path, { ...variables(), MAIL_PORT: '1' });
    await breakDatabase();
    expect((await fetch(`${server.url}/explore`)).status).toBe(503);
    const output = await stopped(server);
    expect(output).toContain('"work":"mail about a fault"');
    expect(output).toContain("can't be reached, or broke off (ECONNREFUSED): check MAIL_SERVER");
    expect(output).not.toMatch(/@example|pass-word/);
  });

  it('refuses a mail server with an untrusted certificate', async () => {
    const { NODE_EXTRA_CA_CERTS: _, ...untrusting } = variables();
    const server = await serveMicroblog(folder.path, untrusting);
    await breakDatabase();
    await fetch(`${server.url}/explore`);
    expect(await stopped(server)).toContain('NODE_EXTRA_CA_CERTS');
  });
});

it('needs no mail server: without one, faults are in the log', async () => {
  const { MAIL_SERVER: _, MAIL_USERNAME: __, MAIL_PASSWORD: ___, ...rest } = variables();
  const server = await serveMicroblog(folder.path, { ...rest, LOG_FILE: `${folder.path}/faults.log` });
  await breakDatabase();
  expect((await fetch(`${server.url}/explore`)).status).toBe(503);
  await stopped(server);
  expect(await readFile(`${folder.path}/faults.log`, 'utf8')).toContain('request failed');
});
