import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/databases.ts';
import { browserlessMember } from '../support/member.ts';
import { runMicroblog, serveMicroblog, temporaryFolder } from '../support/microblog-process.ts';

const registration = { nickname: 'ada', email: 'ada@example.org', password: 'correct horse battery' };

describe('a database server', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createDatabase();
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  it('is not migrated by serve, which names the command that does', async () => {
    const refused = await runMicroblog(['serve'], folder.path, { DATABASE_URL: database.url, PORT: '0' });
    expect(refused.code).toBe(1);
    expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    expect(refused.stderr).toContain('microblog init');
    const status = await runMicroblog(['status'], folder.path, { DATABASE_URL: database.url });
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/pending +0001/);
  });

  it('is initialised once, upgraded, and taken down a step', async () => {
    const run = (...args: string[]) => runMicroblog(args, folder.path, { DATABASE_URL: database.url });
    expect(await run('init')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Initialised: 0001'),
    });
    expect(await run('init')).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to do') });
    expect(await run('status')).toMatchObject({ code: 0, stdout: expect.stringMatching(/pending +none/) });
    expect(await run('downgrade')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const down = await run('downgrade', '--yes');
    const [newest = ''] = /\d{4}_\w+/.exec(down.stdout) ?? [];
    expect([down.code, newest]).toEqual([0, expect.stringMatching(/^\d/)]);
    expect((await run('status')).code).toBe(1);
    expect(await run('upgrade')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`Upgraded: ${newest}`),
    });
    expect((await run('status')).code).toBe(0);
  });

  it.each(['postgres:', 'postgresql:'])('serves the same microblog at a %s address', async (scheme) => {
    const address = database.url.replace(/^postgres(ql)?:/, scheme);
    const server = await serveMicroblog(folder.path, { DATABASE_URL: address });
    const member = browserlessMember(server.url);
    const nickname = scheme === 'postgres:' ? 'ada' : 'ben';
    const email = `${nickname}@example.org`;
    expect((await member.submit('/register', { ...registration, nickname, email })).status).toBe(303);
    expect((await member.submit('/posts', { body: `from ${nickname}` })).status).toBe(303);
    expect(await (await member.get('/')).text()).toContain(`from ${nickname}`);
    server.kill('SIGTERM');
    expect((await server.finished).code).toBe(0);
  });

  it('leaves nothing but the secret key and the search index in the data directory', async () => {
    expect((await readdir(`${folder.path}/data`)).sort()).toEqual([
      'search.db',
      'search.db.lock',
      'secret-key',
    ]);
  });
});

describe('the Heroku profile', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = await temporaryFolder();
    database = await createDatabase();
  });
  afterAll(async () => {
    await database.drop();
    await folder.remove();
  });

  it('asks for a database, a key and a port, a line each', async () => {
    const refused = await runMicroblog(['serve'], folder.path, { HEROKU: '1' });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr.trim().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^ {2}DATABASE_URL: .*heroku addons:create/),
      expect.stringMatching(/^ {2}SECRET_KEY: .*heroku config:set/),
      expect.stringMatching(/^ {2}PORT: .*PORT=5000/),
    ]);
  });

  it.each([
    ['DATABASE_URL', { PORT: '0', SECRET_KEY: 'a key for these tests alone' }],
    ['SECRET_KEY', { PORT: '0', DATABASE_URL: 'postgres://127.0.0.1:1/x' }],
    ['PORT', { SECRET_KEY: 'a key for these tests alone', DATABASE_URL: 'postgres://127.0.0.1:1/x' }],
  ])('asks for %s in one line if only that is missing', async (name, given) => {
    const refused = await runMicroblog(['serve'], folder.path, { HEROKU: '1', ...given });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      new RegExp(`^microblog: Configuration: ${name}: required on Heroku[^\\n]*\\n$`),
    );
  });

  it('needs no port if nothing listens', async () => {
    const variables = {
      HEROKU: '1',
      DATABASE_URL: `${database.url}?sslmode=disable`,
      SECRET_KEY: 'a key for these tests alone',
    };
    expect(await runMicroblog(['status'], folder.path, variables)).toMatchObject({ code: 1, stderr: '' });
  });

  it('initialises and serves with JSON lines on stdout and without writing a file', async () => {
    const variables = {
      HEROKU: '1',
      // The test server has no TLS, which the Heroku profile would require.
      DATABASE_URL: `${database.url}?sslmode=disable`,
      SECRET_KEY: 'a key for these tests alone',
      HOST: '127.0.0.1',
    };
    expect((await runMicroblog(['init'], folder.path, variables)).code).toBe(0);
    const server = await serveMicroblog(folder.path, variables);
    const member = browserlessMember(server.url);
    expect((await member.submit('/register', registration)).status).toBe(303);
    expect((await member.get('/search?q=anything')).status).toBe(200);
    server.kill('SIGTERM');
    const { code, stdout, stderr } = await server.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toContain('request');
    expect(stdout).not.toContain(registration.password);
    expect(stdout).not.toContain(registration.email);
    expect(await readdir(folder.path)).toEqual([]);
  });
});
