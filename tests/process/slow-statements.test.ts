import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createMigratedDatabase,
  openSession,
  type Session,
  type TestDatabase,
} from '../support/databases.ts';
import { type LogLine, logLines } from '../support/log-lines.ts';
import { browserlessMember } from '../support/member.ts';
import { runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

/** Milliseconds. Far above the duration of a statement that nothing blocks. */
const SLOW = 300;

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

/** Locks a table until so many statements wait for it, and then for longer than `SLOW`. */
async function holdingUp<Result>(table: string, work: () => Promise<Result>, waiters = 1): Promise<Result> {
  await session.query(`begin; lock table microblog.${table} in access exclusive mode`);
  const result = work();
  await vi.waitFor(
    async () => {
      const waiting = await session.query(
        `select from pg_locks join pg_database on pg_database.oid = pg_locks.database
          where datname = current_database() and not granted`,
      );
      expect(waiting.length).toBeGreaterThanOrEqual(waiters);
    },
    { timeout: 20_000 },
  );
  await session.query(`select pg_sleep(${(SLOW + 100) / 1000}); commit`);
  return result;
}

/** Only statements of requests: on a busy machine, those of the job queue may be slow as well. */
const slowLines = (output: string): LogLine[] =>
  logLines(output).filter(({ msg, requestId }) => msg === 'slow statement' && requestId !== null);

describe('a slow statement', () => {
  it.each([
    ['info', false],
    ['debug', true],
  ])('is logged at %s with statement, duration, route and request id', async (level, withParameters) => {
    const variables = { DATABASE_URL: database.url, SLOW_QUERY_MS: String(SLOW), LOG_LEVEL: level };
    const server = await serveMicroblog(folder.path, variables);
    const response = await holdingUp('posts', () => fetch(`${server.url}/posts/123456789?q=typed`));
    expect(response.status).toBe(404);
    server.kill('SIGTERM');
    const slow = slowLines((await server.finished).stdout);
    expect(slow).toEqual([
      {
        level: 'warn',
        time: expect.any(String),
        statement: expect.stringMatching(/^select .+ from "microblog"\.posts .* = \$1/),
        milliseconds: expect.any(Number),
        route: '/posts/:id',
        requestId: response.headers.get('X-Request-Id'),
        ...(withParameters ? { parameters: expect.arrayContaining(['123456789']) } : {}),
        msg: 'slow statement',
      },
    ]);
    expect(slow[0]?.milliseconds).toBeGreaterThanOrEqual(SLOW);
  });

  it('is separate from those of other requests at the same time', async () => {
    const server = await serveMicroblog(folder.path, {
      DATABASE_URL: database.url,
      SLOW_QUERY_MS: String(SLOW),
    });
    const paths = ['/posts/1', '/explore', '/posts/2', '/'];
    const answers = await holdingUp(
      'posts',
      () => Promise.all(paths.map((path) => fetch(server.url + path))),
      paths.length,
    );
    server.kill('SIGTERM');
    const slow = slowLines((await server.finished).stdout);
    const routes = new Map(slow.map(({ requestId, route }) => [requestId, route]));
    const expected = ['/posts/:id', '/explore', '/posts/:id', '/'];
    expect(answers.map(({ headers }) => routes.get(headers.get('X-Request-Id')))).toEqual(expected);
  });

  it('after the response is logged with the request that it is for', async () => {
    const server = await serveMicroblog(folder.path, {
      DATABASE_URL: database.url,
      SLOW_QUERY_MS: String(SLOW),
    });
    const member = browserlessMember(server.url);
    const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };
    await member.submit('/register', registration);
    const id = await holdingUp('users', async () => {
      const answer = await member.get('/explore');
      return answer.headers.get('X-Request-Id');
    });
    server.kill('SIGTERM');
    const slow = slowLines((await server.finished).stdout);
    expect(slow.length).toBeGreaterThan(0);
    for (const line of slow) expect(line).toMatchObject({ requestId: id, route: '/explore' });
  });

  it('is not logged at all with SLOW_QUERY_MS=0', async () => {
    const server = await serveMicroblog(folder.path, { DATABASE_URL: database.url, SLOW_QUERY_MS: '0' });
    await holdingUp('posts', () => fetch(`${server.url}/explore`));
    server.kill('SIGTERM');
    expect(slowLines((await server.finished).stdout)).toEqual([]);
  });

  it('of a command is logged on standard error, and its output stays as it is', async () => {
    const { code, stdout, stderr } = await holdingUp('users', () =>
      runMicroblog(['users', 'list', '--json'], folder.path, {
        DATABASE_URL: database.url,
        SLOW_QUERY_MS: String(SLOW),
      }),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ users: [{ nickname: 'ada' }] });
    expect(stderr).toMatch(/^microblog: slow statement, \d+ ms: select .+\n$/);
  });
});
