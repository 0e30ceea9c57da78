import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodiesOf, headerOf } from '../../packages/host-koa/tests/support/mail-text.ts';
import {
  certificateFile,
  type MailServer,
  mailServer,
  type ReceivedMail,
} from '../../packages/host-koa/tests/support/smtp-server.ts';
import { createMigratedDatabase, openSession, type TestDatabase } from '../support/databases.ts';
import { type BrowserlessMember, browserlessMember } from '../support/member.ts';
import { type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';
import { until } from '../support/until.ts';

const mailPassword = 'pass-word of the mailer';
const origin = 'https://blog.example.org';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let mails: MailServer;
/** The mail server's answer to a recipient: null accepts the mail. */
let refusal: { readonly status: number } | null = null;
/** Number of mails before the test. */
let before = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  mails = await mailServer({
    authOptional: false,
    onAuth({ username, password }, _session, done) {
      if (password === mailPassword) done(null, { user: String(username) });
      else done(new Error('No.'));
    },
    onRcptTo(_address, _session, done) {
      if (refusal === null) done();
      else done(Object.assign(new Error('not here'), { responseCode: refusal.status }));
    },
  });
});
afterAll(async () => {
  await mails[Symbol.asyncDispose]();
  await folder.remove();
});
beforeEach(async () => {
  refusal = null;
  before = mails.received.length;
  database = await createMigratedDatabase();
  return () => database.drop();
});

const variables = (more: Readonly<Record<string, string>> = {}) => ({
  DATABASE_URL: database.url,
  BASE_URL: origin,
  MAIL_SERVER: 'localhost',
  MAIL_PORT: String(mails.port),
  MAIL_USE_TLS: '1',
  MAIL_USERNAME: 'mailer',
  MAIL_PASSWORD: mailPassword,
  NODE_EXTRA_CA_CERTS: fileURLToPath(certificateFile),
  ...more,
});

async function register(url: string, nickname: string, language = 'en'): Promise<BrowserlessMember> {
  const member = browserlessMember(url, language);
  const account = { nickname, email: `${nickname}@example.org`, password: 'correct horse battery' };
  expect((await member.submit('/register', account)).status).toBe(303);
  return member;
}

/**
 * Follows the link of the mail that confirms the address; members without a confirmed address get no mails about
 * followers.
 */
async function confirmed(member: BrowserlessMember, nickname: string): Promise<BrowserlessMember> {
  const link = await until(() => {
    const mail = mails.received.slice(before).findLast(({ to, raw }) => {
      return to[0] === `${nickname}@example.org` && bodiesOf(raw)['text/plain']?.includes('/confirm-email/');
    });
    return /\/confirm-email\/[\w-]{43}/.exec(bodiesOf(mail?.raw ?? '')['text/plain'] ?? '')?.[0];
  });
  expect((await member.submit(link, {})).status).toBe(303);
  return member;
}

const follow = async (member: BrowserlessMember, nickname: string, what = 'follow') =>
  expect((await member.submit(`/user/${nickname}/${what}`, {})).status).toBe(303);

/** Mails to that person about followers, once there are so many. */
const toldOf = (nickname: string, count: number, since = 0): Promise<ReceivedMail[]> =>
  until(() => {
    const mailsAboutFollowers = mails.received
      .slice(since)
      .filter(({ to, raw }) => to[0] === `${nickname}@example.org` && headerOf(raw, 'List-Unsubscribe'));
    return mailsAboutFollowers.length >= count && mailsAboutFollowers;
  });

async function stopped(server: Serving): Promise<string> {
  server.kill('SIGTERM');
  const { code, stdout, stderr } = await server.finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('a mail about a follower', () => {
  it('is sent by STARTTLS with a sign-in, once a day, in the recipient’s language, until one click ends it', async () => {
    const server = await serveMicroblog(folder.path, variables());
    const [mary, john, jane] = [
      await confirmed(await register(server.url, 'mary', 'es'), 'mary'),
      await register(server.url, 'john'),
      await register(server.url, 'jane'),
    ];
    await follow(john, 'mary');
    const [first] = await toldOf('mary', 1);
    expect(first).toMatchObject({ from: 'microblog@blog.example.org', encrypted: true, user: 'mailer' });
    expect(headerOf(first?.raw ?? '', 'Subject')).toBe('john ahora te sigue');
    const { 'text/plain': text = '', 'text/html': html = '' } = bodiesOf(first?.raw ?? '');
    expect(text).toContain(`${origin}/user/john`);
    expect(html).toContain('<html lang="es" dir="ltr">');

    // The same follow twice; the mail after it shows that it caused no second mail.
    await follow(john, 'mary', 'unfollow');
    await follow(john, 'mary');
    await follow(jane, 'mary');
    const subjects = (await toldOf('mary', 2)).map(({ raw }) => headerOf(raw, 'Subject'));
    expect(subjects).toEqual(['john ahora te sigue', 'jane ahora te sigue']);

    // What a mail program sends when its button is pressed, without cookies and pages (RFC 8058).
    const unsubscribe = /<(.+)>/.exec(headerOf(first?.raw ?? '', 'List-Unsubscribe') ?? '')?.[1] ?? '';
    expect(headerOf(first?.raw ?? '', 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    const clicked = await fetch(unsubscribe.replace(origin, server.url), {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(clicked.status).toBe(200);
    const jack = await confirmed(await register(server.url, 'jack'), 'jack');
    await follow(jack, 'mary');
    await follow(mary, 'jack');
    expect(headerOf((await toldOf('jack', 1))[0]?.raw ?? '', 'Subject')).toBe('mary is now following you');
    expect(await toldOf('mary', 2)).toHaveLength(2);
    const log = await stopped(server);
    expect(log).not.toMatch(/@example|pass-word|unsubscribe\/\d/);
  });

  it('survives a dead server and a restart: it waits a minute, then is sent', async () => {
    const since = mails.received.length;
    const dead = await serveMicroblog(folder.path, variables({ MAIL_PORT: '1' }));
    await register(dead.url, 'mary');
    const john = await register(dead.url, 'john');
    const session = await openSession(database.url);
    await session.query('update microblog.users set email_verified_at = now()');
    await follow(john, 'mary');
    const resting = await until(async () => {
      const rows = await session.query(
        `select extract(epoch from run_at - now()) as pause from microblog.jobs
          where name = 'follow.notify' and state = 'waiting' and attempts > 0`,
      );
      return rows.length > 0 && rows;
    });
    expect(resting).toHaveLength(1);
    expect(Number(resting[0]?.pause)).toBeGreaterThan(30);
    await stopped(dead);

    const server = await serveMicroblog(folder.path, variables());
    await session.query(`update microblog.jobs set run_at = now() where state = 'waiting'`);
    await session.end();
    expect(headerOf((await toldOf('mary', 1, since))[0]?.raw ?? '', 'Subject')).toBe(
      'john is now following you',
    );
    await stopped(server);
  });

  it('that is refused permanently is not retried, and the log says why, without an address', async () => {
    const server = await serveMicroblog(folder.path, variables());
    await confirmed(await register(server.url, 'mary'), 'mary');
    const john = await register(server.url, 'john');
    refusal = { status: 550 };
    await follow(john, 'mary');
    await until(() => server.output().includes('a job failed for good'));
    expect((await john.get('/user/mary')).status).toBe(200);
    const log = await stopped(server);
    expect(log).toMatch(/"job":"follow\.notify"/);
    expect(log).toMatch(/"status":550/);
    expect(log).not.toContain('@example');
  });
});

describe('without MAIL_SERVER', () => {
  it('mails are written to the log while developing', async () => {
    const server = await serveMicroblog(folder.path, { DATABASE_URL: database.url });
    const mary = await register(server.url, 'mary');
    const link = await until(() => /\/confirm-email\/[\w-]{43}/.exec(server.output())?.[0]);
    expect((await mary.submit(link, {})).status).toBe(303);
    const john = await register(server.url, 'john');
    await follow(john, 'mary');
    await until(() => server.output().includes('john is now following you'));
    expect(await stopped(server)).toContain('mail, not sent: MAIL_SERVER is not set');
  });

  it('mails are not logged on a public site, and pages that need mail show a message', async () => {
    const server = await serveMicroblog(folder.path, { DATABASE_URL: database.url, BASE_URL: origin });
    await register(server.url, 'mary');
    const john = await register(server.url, 'john');
    await follow(john, 'mary');
    expect(await (await john.get('/settings')).text()).toContain('This site can’t send emails.');
    expect(await (await john.get('/reset-password')).text()).toContain('This site can’t send emails');
    expect(await stopped(server)).not.toMatch(/is now following you|mail, not sent/);
  });
});
