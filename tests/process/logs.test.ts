import { readFile, rename, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../support/databases.ts';
import { browserlessMember } from '../support/member.ts';
import { runMicroblog, type Serving, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let herokuLike: Record<string, string>;
beforeAll(async () => {
  folder = await temporaryFolder();
  database = await createMigratedDatabase();
  herokuLike = {
    HEROKU: '1',
    HOST: '127.0.0.1',
    DATABASE_URL: database.url,
    PGSSLMODE: 'disable',
    SECRET_KEY: 'a secret key of some length',
  };
});
afterAll(async () => {
  await database.drop();
  await folder.remove();
});

const onVps = () => ({ DATABASE_URL: database.url });

/** Its whole log after a request for a page. */
async function outputOf(server: Serving): Promise<string> {
  expect((await fetch(`${server.url}/explore`)).status).toBe(200);
  server.kill('SIGTERM');
  const { code, stdout, stderr } = await server.finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

function events(output: string): Record<string, unknown>[] {
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const explored = { level: 'info', msg: 'request', method: 'GET', route: '/explore', status: 200 };

describe('LOG_FORMAT', () => {
  it.each([
    ['on a server of one’s own, piped', onVps],
    ['on Heroku', () => herokuLike],
    ['if configured', () => ({ ...onVps(), LOG_FORMAT: 'json' })],
  ])('is JSON lines %s', async (_where, variables) => {
    const lines = events(await outputOf(await serveMicroblog(folder.path, variables())));
    expect(lines).toContainEqual(expect.objectContaining(explored));
    expect(lines.every(({ time }) => !Number.isNaN(Date.parse(String(time))))).toBe(true);
  });

  it('is plain lines on Heroku if set to pretty; Heroku adds the time', async () => {
    const output = await outputOf(await serveMicroblog(folder.path, { ...herokuLike, LOG_FORMAT: 'pretty' }));
    expect(output).toMatch(/^INFO: Microblog is ready at http/m);
    expect(output).toMatch(/^INFO: GET \/explore 200 in [\d.]+ ms \{"requestId":"[\w-]+"\}$/m);
    expect(output).not.toContain('\u001b');
  });

  it('is readable lines with the time of day, without colours, if pretty and piped', async () => {
    const output = await outputOf(await serveMicroblog(folder.path, { ...onVps(), LOG_FORMAT: 'pretty' }));
    expect(output).toMatch(/^\[\d\d:\d\d:\d\d\] INFO: GET \/explore 200 in /m);
    expect(output).not.toContain('\u001b');
  });
});

describe('LOG_FILE', () => {
  it('gets what standard output gets, and is reopened on SIGHUP', async () => {
    const file = `${folder.path}/logs/blog.log`;
    const server = await serveMicroblog(folder.path, { ...onVps(), LOG_FILE: file });
    expect((await fetch(`${server.url}/explore`)).status).toBe(200);
    await rename(file, `${file}.moved`);
    server.kill('SIGHUP');
    await existing(file);
    const output = await outputOf(server);
    const [before, after] = await Promise.all([readFile(`${file}.moved`, 'utf8'), readFile(file, 'utf8')]);
    expect(before + after).toBe(output);
    expect(events(before)).toContainEqual(
      expect.objectContaining({ msg: expect.stringContaining('ready at') }),
    );
    expect(events(after)).toContainEqual(expect.objectContaining({ msg: 'stopped' }));
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  it('is JSON lines even if standard output is pretty', async () => {
    const file = `${folder.path}/pretty.log`;
    const variables = { ...onVps(), LOG_FILE: file, LOG_FORMAT: 'pretty' };
    await outputOf(await serveMicroblog(folder.path, variables));
    expect(events(await readFile(file, 'utf8'))).toContainEqual(expect.objectContaining(explored));
  });

  it.each(['/dev/null/blog.log', '.'])(
    'that cannot be written ends the start with one line: %s',
    async (file) => {
      const { code, stdout, stderr } = await runMicroblog(['serve'], folder.path, {
        ...onVps(),
        LOG_FILE: file,
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(stderr).toContain(`LOG_FILE: can't write ${file}`);
      expect(stderr).toContain('give this user the right');
    },
  );

  it('is refused on Heroku, with a remedy', async () => {
    const { code, stderr } = await runMicroblog(['serve'], folder.path, {
      ...herokuLike,
      PORT: '0',
      LOG_FILE: 'x.log',
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'microblog: Configuration: LOG_FILE: no file is kept on Heroku; unset it: heroku config:unset LOG_FILE (see "heroku logs")\n',
    );
  });
});

describe('a crash', () => {
  it.each([
    ['an exception', 'throw new TypeError("boom for ada@example.org")'],
    ['a rejection', 'Promise.reject(new TypeError("boom for ada@example.org"))'],
  ])(
    'by %s is in the log with its stack, in every place, and ends the process with 1',
    async (_what, crash) => {
      const file = `${folder.path}/crash-${crash.length}.log`;
      const variables = { ...onVps(), LOG_FILE: file, NODE_OPTIONS: onSignal('SIGUSR2', crash) };
      const server = await serveMicroblog(folder.path, variables);
      server.kill('SIGUSR2');
      const { code, stdout, stderr } = await server.finished;
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      expect(await readFile(file, 'utf8')).toBe(stdout);
      expect(events(stdout).at(-1)).toMatchObject({
        level: 'fatal',
        msg: 'uncaught exception',
        err: { type: 'TypeError', stack: expect.stringMatching(/^TypeError: boom for <address>\n +at /) },
      });
    },
  );
});

it('names no person, and holds no password, even if the database fails', async () => {
  const server = await serveMicroblog(folder.path, { ...onVps(), LOG_LEVEL: 'debug' });
  const member = browserlessMember(server.url);
  expect((await member.submit('/register', registration)).status).toBe(303);
  await member.submit('/register', registration);
  await member.submit('/login', { login: registration.email, password: 'a wrong password' });
  const output = await outputOf(server);
  expect(output).not.toMatch(/ada@example|correct horse|a wrong password|session=|_csrf/);
});

/** Options that make a process react to a signal. */
function onSignal(signal: string, what: string): string {
  const script = `process.on("${signal}", () => { ${what} })`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
}

async function existing(file: string): Promise<void> {
  for (;;) {
    if (await stat(file).catch(() => null)) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
