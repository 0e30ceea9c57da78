import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, openSession, type TestDatabase } from '../../../tests/support/databases.ts';
import manifest from '../package.json' with { type: 'json' };
import { run } from '../src/run.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await microblog('init');
});
afterAll(() => database.drop());

/** Runs a command in this process, on the database of this file, with `input` as its standard input. */
async function microblog(...args: string[]) {
  return microblogWith({}, ...args);
}

async function microblogWith(
  { input = '', environment = {} }: { input?: string; environment?: Record<string, string> },
  ...args: string[]
) {
  const stdin = new PassThrough();
  stdin.end(input);
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await run(args, {
    environment: { DATABASE_URL: database.url, ...environment },
    stdin,
    stdout,
    stderr,
  });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

describe('microblog users', () => {
  it('creates a member with a password that is printed', async () => {
    const { code, stdout } = await microblog('users', 'create', 'ada', 'ada@example.org');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Created ada \(member\)\.\nPassword: \S{16}\n$/);
  });

  it('creates an administrator with the password from standard input, even if registration is closed', async () => {
    const { code, stdout } = await microblogWith(
      { input: 'a password of mine\n', environment: { REGISTRATION: 'closed' } },
      ...['users', 'create', 'root', 'root@example.org', '--role', 'admin', '--password-stdin', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ nickname: 'root', role: 'admin', postCount: 0 });
    expect(stdout).not.toContain('password');
  });

  it.each([
    [['ADA', 'other@example.org'], 1, 'nickname is taken'],
    [['eve', 'ADA@example.org'], 1, 'email is taken'],
    [['e v e', 'eve@example.org'], 2, 'nickname takes letters'],
    [['eve', 'nonsense'], 2, 'email is not an address'],
    [['..', 'eve@example.org'], 2, 'nickname needs a letter'],
  ])('refuses to create %j with %i and one line: %s', async (args, exitCode, message) => {
    const { code, stdout, stderr } = await microblog('users', 'create', ...args);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
  });

  it('lists people, the newest account first, page by page', async () => {
    const first = await microblog('users', 'list', '--limit', '1');
    expect(first.stdout).toMatch(/^NICKNAME.*\nroot .*admin/);
    const next = /--before (\d+)/.exec(first.stdout)?.[1] ?? '';
    const second = await microblog('users', 'list', '--before', next, '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({ users: [{ nickname: 'ada' }], next: null });
  });

  it('refuses an invalid cursor', async () => {
    expect(await microblog('users', 'list', '--before', 'x')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('microblog upgrade --sql', () => {
  const first = '0001_people_posts_follows';
  const nowhere = { environment: { DATABASE_URL: 'postgres://127.0.0.1:1/x' } };

  it('prints only what is pending, and needs no database with --from', async () => {
    for (const [from, made] of [
      ['nothing', 'create table "microblog".users'],
      [first, 'create table "microblog".identities'],
    ] as const) {
      const { code, stdout, stderr } = await microblogWith(nowhere, 'upgrade', '--sql', '--from', from);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^-- Microblog: .*\n[\s\S]*\nbegin;\n[\s\S]*\ncommit;\n$/);
      expect(stdout).toContain(made);
      expect(stdout.includes('create table "microblog".users')).toBe(from === 'nothing');
    }
  });

  it('reads the state of the database, and changes nothing', async () => {
    const empty = await createDatabase();
    const session = await openSession(empty.url);
    const at = { environment: { DATABASE_URL: empty.url, DATABASE_SCHEMA: 'blog' } };
    const { code, stdout, stderr } = await microblogWith(at, 'upgrade', '--sql');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await microblogWith(at, 'status')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /^migrations {2}0 applied\npending {5}0001_people_posts_follows\n {12}0002_jobs\n/m,
      ),
    });
    await session.query(stdout);
    expect(await microblogWith(at, 'status')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^migrations {2}\d+ applied, the latest \d{4}_\w+\npending {5}none\n$/m),
    });
    expect((await microblogWith(at, 'upgrade', '--sql')).stdout).toMatch(/^-- .*nothing to do\.\n$/);
    expect((await microblogWith(at, 'upgrade')).stdout).toContain('nothing to do');
    await session.end();
    await empty.drop();
  });

  it('grants a role what it needs', async () => {
    const args = ['upgrade', '--sql', '--from', 'nothing', '--grant-to', 'app'];
    expect((await microblogWith(nowhere, ...args)).stdout).toContain(
      'on all tables in schema "microblog" to "app"',
    );
  });

  it.each([
    [['upgrade', '--from', first], {}, 2, '--from and --grant-to go with --sql'],
    [['upgrade', '--sql', '--from', 'x'], {}, 2, 'Give one of nothing, 0001'],
    [['upgrade', '--sql'], { DATABASE_URL: '' }, 2, 'name its last migration with --from'],
    [['upgrade', '--sql'], nowhere.environment, 1, 'Nothing accepts connections'],
  ])('refuses %j with %j: %i, %s', async (args, environment, exitCode, message) => {
    const { code, stdout, stderr } = await microblogWith({ environment }, ...args);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
  });
});

describe('microblog config', () => {
  it('shows every variable with its source, and no secret', async () => {
    const { code, stdout } = await microblogWith(
      {
        environment: {
          SECRET_KEY: 'sixteen characters',
          POSTS_PER_PAGE: '7',
          DATABASE_URL: 'postgres://me:hidden@db/x',
        },
      },
      'config',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: 'vps',
      variables: {
        POSTS_PER_PAGE: { value: '7', source: 'environment' },
        PORT: { value: '5000', source: 'default' },
        DATABASE_URL: { value: 'postgres://me:********@db/x' },
      },
    });
    expect(stdout).not.toMatch(/hidden|sixteen characters/);
  });
});

describe('microblog demo', () => {
  it('adds at least 30 people and 1,000 posts, once', async () => {
    const added = await microblog('demo', '--password', 'demo password');
    expect(added).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/40 people, \d+ follows and 1200 posts/),
    });
    expect(await microblog('demo')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing was added'),
    });
    const { stdout } = await microblog('users', 'list', '--json', '--limit', '200');
    const people: { postCount: number }[] = JSON.parse(stdout).users;
    expect(people.length).toBe(42);
    expect(people.reduce((sum, { postCount }) => sum + postCount, 0)).toBe(1200);
  });
});

describe('the command line', () => {
  it.each([
    [['--help'], 'Usage: microblog'],
    [['serve', '--help'], 'Usage: microblog serve'],
    [['users', 'create', '--help'], 'Usage: microblog users create'],
    [['help', 'demo'], 'Usage: microblog demo'],
    [['--version'], `${manifest.version} (Node.js ${process.versions.node})`],
  ])('prints its help: %j', async (args, beginning) => {
    const { code, stdout, stderr } = await microblog(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(beginning);
  });

  it.each([
    [['nonsense']],
    [['users', 'create', 'ada']],
    [['serve', '--nonsense']],
    [['users', 'list', '--limit', '0']],
    [['demo', '--until', 'x']],
    [['demo', '--password', 'short']],
  ])('ends with 2 for wrong arguments: %j', async (args) => {
    const { code, stdout, stderr } = await microblog(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^microblog: .+\n\(add --help for how to call it\)\n$/);
  });

  it('shows the stack of an error only under --debug', async () => {
    const environment = { DATABASE_URL: 'postgres://127.0.0.1:1/x' };
    expect((await microblogWith({ environment }, 'status')).stderr.trim().split('\n')).toHaveLength(1);
    expect((await microblogWith({ environment }, '--debug', 'status')).stderr).toContain('    at ');
  });
});
