import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMigratedDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../support/databases.ts';
import { type LogLine, logLines } from '../support/log-lines.ts';
import { browserlessMember } from '../support/member.ts';
import { type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

/** Each in the form in which it is sent. None may appear in a log. */
const secrets = {
  password: 'pass-phrase-of-ada-7731',
  wrongPassword: 'mistyped-phrase-8842',
  email: 'ada.lovelace@analytical.example.org',
  otherEmail: 'charles@difference.example.org',
  authorization: 'header-token-1195',
  cookie: 'cookie-value-2256',
  query: 'query-token-3317',
  path: 'path-token-4478',
  body: 'body-secret-5539',
  agent: 'agent-secret-6610',
  referer: 'referer-secret-9901',
  secretKey: 'signing-key-of-this-test-0042',
  metricsToken: 'metrics-token-of-this-test',
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let session: Session;

beforeAll(async () => {
  folder = await temporaryFolder();
  database = await createMigratedDatabase();
  session = await openSession(database.url);
});

afterAll(async () => {
  await session.end();
  await database.drop();
  await folder.remove();
});

const serve = (variables: Record<string, string>) =>
  serveMicroblog(folder.path, {
    DATABASE_URL: database.url,
    SECRET_KEY: secrets.secretKey,
    METRICS_TOKEN: secrets.metricsToken,
    TRUST_PROXY: '1',
    ...variables,
  });

async function logOf(server: Serving): Promise<{ lines: LogLine[]; text: string }> {
  server.kill('SIGTERM');
  const { code, stdout, stderr } = await server.finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return { lines: logLines(stdout), text: stdout };
}

/** Sends a secret in every place that can hold one. Returns the answers. */
async function nosyRequest(server: Serving, path: string, init: RequestInit = {}): Promise<number> {
  const { status } = await fetch(`${server.url}${path}`, {
    redirect: 'manual',
    ...init,
    headers: {
      Authorization: `Bearer ${secrets.authorization}`,
      Cookie: `microblog_session=${secrets.cookie}; microblog_csrf=${secrets.cookie}`,
      'User-Agent': secrets.agent,
      Referer: `https://example.org/?token=${secrets.referer}`,
      'X-Forwarded-For': secrets.email,
      'X-Request-Id': secrets.email,
      ...init.headers,
    },
  });
  return status;
}

/** Requests that succeed and requests that fail in every way, with secrets in every place. */
async function useEverything(server: Serving, nickname: string, email: string): Promise<string[]> {
  const { password, wrongPassword, path, query, body } = secrets;
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });
  const member = browserlessMember(server.url);
  expect((await member.submit('/register', { nickname, email, password })).status).toBe(303);
  expect((await member.submit('/register', { nickname, email, password })).status).toBe(422);
  expect((await member.submit('/login', { login: email, password: wrongPassword })).status).toBe(401);
  expect((await member.submit('/login', { login: email, password })).status).toBe(303);
  expect((await member.submit('/posts', { body })).status).toBe(303);
  expect((await member.get(`/?token=${query}&email=${email}`)).status).toBe(200);
  expect((await member.get(`/posts/${path}`)).status).toBe(404);
  expect((await member.get(`/explore?before=${query}`)).status).toBe(400);

  expect(await nosyRequest(server, `/${path}?token=${query}`)).toBe(404);
  expect(await nosyRequest(server, `/user/${encodeURIComponent(email)}`)).toBe(404);
  expect(await nosyRequest(server, '/login', form({ login: email, password, _csrf: query }))).toBe(403);
  expect(await nosyRequest(server, '/posts', { method: 'POST', body: JSON.stringify({ body }) })).toBe(415);
  expect(await nosyRequest(server, '/metrics')).toBe(401);
  expect(
    await nosyRequest(server, '/metrics', { headers: { Authorization: `Bearer ${secrets.metricsToken}` } }),
  ).toBe(200);

  // A database that refuses values, first by their type, then by a constraint, whose error quotes the whole row.
  await session.query('alter table microblog.posts rename column body to kept');
  await session.query('alter table microblog.posts add column body bigint');
  expect((await member.submit('/posts', { body })).status).toBe(500);
  await session.query('alter table microblog.posts drop column body');
  await session.query('alter table microblog.posts rename column kept to body');
  await session.query('alter table microblog.users add constraint nobody check (false) not valid');
  const ben = { nickname: `${nickname}2`, email: `x${email}`, password };
  expect((await browserlessMember(server.url).submit('/register', ben)).status).toBe(500);
  await session.query('alter table microblog.users drop constraint nobody');
  await session.query('alter table microblog.posts rename to elsewhere');
  expect((await member.get(`/explore?token=${query}`)).status).toBe(503);
  await session.query('alter table microblog.elsewhere rename to posts');
  return (await member.get('/')).headers
    .getSetCookie()
    .map((line) => line.split(';')[0]?.split('=')[1] ?? '');
}

function expectNone(text: string, values: readonly string[]): void {
  for (const value of values) {
    for (const form of [value, encodeURIComponent(value), Buffer.from(value).toString('base64')])
      expect(text.includes(form), `"${form}" is in the log`).toBe(false);
  }
}

describe('the log of a process that got everything secret everywhere', () => {
  it('contains no secret, and one line with the stack per fault', async () => {
    const server = await serve({ SLOW_QUERY_MS: '1' });
    const cookies = await useEverything(server, 'ada', secrets.email);
    const { lines, text } = await logOf(server);
    expectNone(text, [...Object.values(secrets), ...cookies.filter((value) => value !== ''), 'argon2']);
    expectNone(text, [new URL(database.url).password]);

    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests.length).toBeGreaterThan(20);
    for (const request of requests) {
      expect(request).toEqual({
        level: 'info',
        time: expect.any(String),
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        method: expect.stringMatching(/^(GET|POST)$/),
        route: request.status === 404 ? request.route : expect.stringMatching(/^\//),
        status: expect.any(Number),
        milliseconds: expect.any(Number),
        msg: 'request',
      });
    }
    const faults = lines.filter(({ msg }) => msg === 'request failed');
    expect(faults.map(({ route, code }) => `${route} ${code}`)).toEqual([
      '/posts storage_failed',
      '/register storage_failed',
      '/explore migrations_pending',
    ]);
    for (const { err, requestId } of faults as {
      err: { stack: string; message: string };
      requestId: string;
    }[]) {
      expect(err.stack).toMatch(/\n {4}at .+:\d+:\d+/);
      expect(requests.map((request) => request.requestId)).toContain(requestId);
    }
    expect(JSON.stringify(faults[0])).toContain('22P02');
    expect(JSON.stringify(faults[1])).toMatch(/23514.*constraint nobody/);
  });

  it('holds no secret at the level debug either, which shows the values of statements', async () => {
    const server = await serve({ SLOW_QUERY_MS: '1', LOG_LEVEL: 'debug' });
    await useEverything(server, 'charles', secrets.otherEmail);
    const { text } = await logOf(server);
    const { body, ...rest } = secrets;
    expectNone(text, Object.values(rest));
    expect(text).not.toMatch(/\$argon2/);
  });
});

describe('a request behind a trusted proxy', () => {
  it('is logged under the id that the proxy gave it, in the characters of Heroku’s router', async () => {
    const server = await serve({});
    const id = 'a1b2+c3d4/e5f6=0123456789';
    await fetch(`${server.url}/explore`, { headers: { 'X-Request-Id': id } });
    const { lines } = await logOf(server);
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({ requestId: id, route: '/explore' });
  });
});
