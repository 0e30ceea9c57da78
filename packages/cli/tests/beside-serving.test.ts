import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { visitor } from '@microblog/core';
import {
  type Application,
  loadConfig,
  openApplication,
  openControlSocket,
  prepareDatabase,
} from '@microblog/host-koa/composition';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/support/microblog-process.ts';
import type { Interruption } from '../src/local/process-streams.ts';
import { run } from '../src/run.ts';
import { runServed } from '../src/serving/run-served.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let environment: Record<string, string>;
let serving: Application;
let control: Awaited<ReturnType<typeof openControlSocket>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  environment = { DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'silent' };
  serving = await openApplication(loadConfig(environment));
  await prepareDatabase(serving);
  control = await openControlSocket(serving, runServed(serving));
});
afterAll(async () => {
  await control.close();
  await serving.close();
  await folder.remove();
});

/** Runs a command at a terminal, and interrupts it when its progress bar shows `word`. */
async function interruptedAt(word: string, ...commandLine: string[]) {
  const controller = new AbortController();
  const interruption = () => ({ signal: controller.signal, [Symbol.dispose]() {} });
  const onScreen = (text: string) => {
    if (text.includes(word)) controller.abort();
  };
  return await microblogWith({ interruption, onScreen }, ...commandLine);
}

interface Typing {
  readonly input?: string | Buffer;
  /** The text that the user types at a terminal. */
  readonly typed?: string;
  readonly interruption?: () => Interruption;
  /** Makes standard error a terminal, and gets what it shows. */
  readonly onScreen?: (text: string) => void;
}

/** Runs a command as another process would, which finds the database locked. */
async function microblogWith(
  { input = '', typed, interruption, onScreen }: Typing,
  ...commandLine: string[]
) {
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  if (typed === undefined) stdin.end(input);
  else stdin.write(typed);
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY: onScreen !== undefined });
  stderr.on('data', (chunk) => onScreen?.(String(chunk)));
  const [out, err] = [collect(stdout), collect(stderr)];
  const streams = { environment, stdin, stdout, stderr };
  const code = await run(commandLine, interruption === undefined ? streams : { ...streams, interruption });
  stdout.end();
  stderr.end();
  const bytes = await out;
  return { code, stdout: bytes.toString(), stderr: (await err).toString(), bytes };
}

const microblog = (...commandLine: string[]) => microblogWith({}, ...commandLine);

async function collect(stream: PassThrough): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('users, while a process serves the embedded database', () => {
  it('are created with a password from standard input, which signs in', async () => {
    const created = await microblogWith(
      { input: 'a password of hers\n' },
      ...['users', 'create', 'ada', 'ada@example.org', '--password-stdin'],
    );
    expect(created).toMatchObject({ code: 0, stdout: 'Created ada (member).\n', stderr: '' });
    const { accounts } = serving.microblog;
    expect(await accounts.signIn({ login: 'ada', password: 'a password of hers' })).toMatchObject({
      nickname: 'ada',
    });
  });

  it('are listed and changed', async () => {
    expect((await microblog('users', 'set-role', 'ada', 'admin')).stdout).toBe('ada is admin now.\n');
    expect((await microblog('users', 'suspend', 'ada')).stdout).toBe('ada is suspended.\n');
    expect((await microblog('users', 'unsuspend', 'ada')).stdout).toBe('ada may sign in again.\n');
    const listed = await microblog('users', 'list', '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject({ users: [{ nickname: 'ada', role: 'admin' }] });
  });

  it('are deleted only after the user at the terminal confirms', async () => {
    await microblog('users', 'create', 'ben', 'ben@example.org');
    const no = await microblogWith({ typed: 'n\n' }, 'users', 'delete', 'ben');
    expect(no).toMatchObject({ code: 0, stdout: 'Nothing was changed.\n' });
    expect(no.stderr).toContain('Delete ben for good');
    const withoutTerminal = await microblog('users', 'delete', 'ben');
    expect(withoutTerminal).toMatchObject({ code: 2, stdout: '' });
    const yes = await microblogWith({ typed: 'y\n' }, 'users', 'delete', 'ben');
    expect(yes).toMatchObject({ code: 0, stdout: 'Deleted ben.\n' });
  });

  it('that cannot be created: one line and the same exit code as without a serving process', async () => {
    expect(await microblog('users', 'create', 'ADA', 'other@example.org')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'microblog: nickname is taken; choose another\n',
    });
    expect((await microblog('users', 'create', 'e v e', 'eve@example.org')).code).toBe(2);
  });
});

describe('an embedded database, while a process serves it', () => {
  it('is shown with its migrations', async () => {
    const { code, stdout } = await microblog('status', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { database: { kind: 'embedded' }, initialised: true, pending: [] },
    ]);
  });

  it.each(['init', 'upgrade'])('is not changed by %s', async (command) => {
    const { code, stdout } = await microblog(command);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('nothing to do') });
  });

  it('is not downgraded, since the serving process needs its present structure', async () => {
    const { code, stdout, stderr } = await microblog('downgrade', '--yes');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('in use by');
    expect(JSON.parse((await microblog('status', '--json')).stdout).pending).toEqual([]);
  });

  it('is not opened by a command with wrong arguments', async () => {
    expect(await microblog('users', 'list', '--limit', '0')).toMatchObject({ code: 2, stdout: '' });
  });

  it('shows the stack of an error under --debug', async () => {
    const { stderr } = await microblog('--debug', 'users', 'show', 'nobody');
    expect(stderr).toMatch(/^microblog: No user has this nickname\.\n[\s\S]+ {4}at /);
  });
});

describe('sample content, while a process serves the embedded database', () => {
  it('is not added if the user interrupts', async () => {
    const { code, stdout, stderr } = await interruptedAt('Adding', 'demo');
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/microblog: Interrupted; nothing was added\.\n$/);
    expect(JSON.parse((await microblog('users', 'list', '--json')).stdout).users).toHaveLength(1);
  });

  it('is added once, and found by search', async () => {
    expect((await microblog('search', 'reindex')).stdout).toMatch(/^Indexed 0 posts; /);
    const added = await microblog('demo', '--password', 'demo password');
    expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Added 40 people, /) });
    expect((await microblog('demo')).stdout).toContain('nothing was added');
    expect(JSON.parse((await microblog('search', 'status', '--json')).stdout)).toMatchObject({
      posts: 1200,
      lag: { posts: 0 },
    });
    const { items } = await serving.microblog.timelines.public(visitor, { limit: 1 });
    const { nickname } = items[0]?.author ?? { nickname: '' };
    const found = await serving.microblog.search.posts(visitor, { query: `from:${nickname}`, limit: 1 });
    expect(found.items).toHaveLength(1);
  });
});

describe('an archive, while a process serves the embedded database', () => {
  const file = () => join(folder.path, 'all.gz');

  it('is written to a file of the user, and replaces no file without --force', async () => {
    expect(await microblog('backup', file())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Backed up 41 users, /),
    });
    const written = await readFile(file());
    const again = await microblog('backup', file());
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('add --force') });
    expect(await readFile(file())).toEqual(written);
  });

  it('is written to standard output completely', async () => {
    const { code, bytes } = await microblog('backup', '-');
    expect(code).toBe(0);
    const checked = await microblogWith({ input: bytes }, 'restore', '-', '--check');
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The archive is whole: 41 /) });
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const interruption = () => ({ signal: AbortSignal.abort(), [Symbol.dispose]() {} });
    const { code, stderr } = await microblogWith({ interruption }, 'backup', join(folder.path, 'cut.gz'));
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'microblog: Interrupted; no archive was kept.\n' });
    expect((await readdir(folder.path)).filter((name) => name.startsWith('cut'))).toEqual([]);
  });

  it('is restored from a file, and from standard input', async () => {
    expect(await microblog('restore', file())).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--replace'),
    });
    await microblog('users', 'create', 'late', 'late@example.org');
    const fromFile = await microblog('restore', file(), '--replace', '--yes');
    expect(fromFile).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Restored 41 users, /) });
    expect((await microblog('users', 'show', 'late')).code).toBe(1);
    const input = await readFile(file());
    const fromInput = await microblogWith({ input }, 'restore', '-', '--replace', '--yes');
    expect(fromInput).toMatchObject({ code: 0, stdout: fromFile.stdout });
  });

  it.each(['Checking', 'Restoring'])(
    'changes nothing if the user interrupts while it shows %s',
    async (moment) => {
      await microblog('users', 'create', 'later', 'later@example.org');
      const { code, stdout, stderr } = await interruptedAt(moment, 'restore', file(), '--replace', '--yes');
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      expect(stderr).toMatch(/microblog: Interrupted; nothing was restored or deleted\.\n$/);
      expect(await microblog('users', 'delete', 'later', '--yes')).toMatchObject({ code: 0 });
    },
  );

  it('that is damaged is refused, and changes nothing', async () => {
    const damaged = join(folder.path, 'damaged.gz');
    await writeFile(damaged, (await readFile(file())).subarray(0, -1));
    expect(await microblog('restore', damaged, '--replace', '--yes')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('cut off or altered'),
    });
    expect((await microblog('users', 'show', 'ada')).code).toBe(0);
  });
});
