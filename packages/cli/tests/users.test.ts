import { PassThrough } from 'node:stream';
import { settingsSchema } from '@microblog/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../../../tests/support/databases.ts';
import { run } from '../src/run.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await users(undefined, 'init');
  await users(undefined, 'create', 'ada', 'ada@example.org');
});
afterAll(() => database.drop());

/** Runs `microblog users …` in this process. `input` comes from a pipe, or is `typed` at a terminal. */
async function users(input: string | { readonly typed: string } | undefined, ...args: string[]) {
  const stdin = Object.assign(new PassThrough(), { isTTY: typeof input === 'object' });
  if (typeof input === 'object') stdin.write(input.typed);
  else stdin.end(input ?? '');
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await run([...(args[0] === 'init' ? [] : ['users']), ...args], {
    environment: { DATABASE_URL: database.url },
    ...{ stdin, stdout, stderr },
  });
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

const shown = async (nickname: string) =>
  JSON.parse((await users(undefined, 'show', nickname, '--json')).stdout);

describe('microblog users', () => {
  it('finds one person by the e-mail address, in any spelling', async () => {
    await users(undefined, 'create', 'idn', 'idn@Россия.рф');
    expect(await shown('idn@россия.рф')).toMatchObject({
      nickname: 'idn',
      email: 'idn@xn--h1alffa9f.xn--p1ai',
    });
    expect(await shown('IDN@xn--h1alffa9f.xn--p1ai')).toMatchObject({ nickname: 'idn' });
    expect((await users(undefined, 'show', 'idn')).stdout).toContain('idn@россия.рф (not confirmed)');
    expect((await users(undefined, 'show', 'ADA@example.org')).stdout).toMatch(/^NICKNAME +ada\n/);
    expect((await users(undefined, 'set-role', 'ada@example.org', 'member')).code).toBe(0);
    const { code, stderr } = await users(undefined, 'show', 'nobody@example.org');
    expect([code, stderr]).toEqual([1, expect.stringContaining('No user has this e-mail address.')]);
    expect((await users(undefined, 'delete', 'idn@россия.рф', '--yes')).code).toBe(0);
  });

  it('gives any nickname, also a reserved one', async () => {
    expect((await users(undefined, 'create', 'support', 'support@example.org')).code).toBe(0);
    expect((await users(undefined, 'delete', 'support', '--yes')).code).toBe(0);
  });

  it('shows one person', async () => {
    const { code, stdout } = await users(undefined, 'show', 'ADA');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^NICKNAME +ada\nID +\d+\nE-MAIL +ada@example\.org \(not confirmed\)\nROLE +member\n/,
    );
    expect(await shown('ada')).toMatchObject({ nickname: 'ada', suspendedAt: null, emailVerifiedAt: null });
  });

  it('prints all settings of a user as JSON, and mailOnFollow also where scripts of earlier releases read it', async () => {
    const { settings, mailOnFollow } = await shown('ada');
    expect(settings).toEqual(settingsSchema.parse({}));
    expect(mailOnFollow).toBe(settings.mailOnFollow);
  });

  it('makes a user an administrator', async () => {
    const { code, stdout } = await users(undefined, 'set-role', 'ada', 'admin');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'ada is admin now.\n' });
    const json = await users(undefined, 'set-role', 'ada', 'member', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ nickname: 'ada', role: 'member' });
  });

  it('suspends a user, and ends the suspension', async () => {
    expect(await users(undefined, 'suspend', 'ada')).toMatchObject({
      code: 0,
      stdout: 'ada is suspended.\n',
    });
    expect((await shown('ada')).suspendedAt).toMatch(/^\d{4}-/);
    const again = await users(undefined, 'unsuspend', 'ada', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ nickname: 'ada', suspendedAt: null });
  });

  it('sets a new password, which is printed or read from standard input', async () => {
    const made = await users(undefined, 'reset-password', 'ada', '--yes');
    expect(made.stdout).toMatch(/^ada has a new password; all sessions have ended\.\nPassword: \S{16}\n$/);
    const read = await users('a password of hers\n', 'reset-password', 'ada', '--password-stdin', '--json');
    expect(read.code).toBe(0);
    expect(read.stdout).not.toContain('password');
    expect(await users('short\n', 'reset-password', 'ada', '--password-stdin')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('password needs at least 8 characters'),
    });
  });

  it('asks before it deletes a user', async () => {
    await users(undefined, 'create', 'ben', 'ben@example.org');
    const withoutTerminal = await users(undefined, 'delete', 'ben');
    expect(withoutTerminal).toMatchObject({ code: 2, stdout: '' });
    expect(withoutTerminal.stderr).toMatch(/^microblog: Delete ben for good, .* Add --yes .*\n$/);
    expect(await users({ typed: 'n\n' }, 'delete', 'ben')).toMatchObject({
      code: 0,
      stdout: 'Nothing was changed.\n',
    });
    const inJson = await users({ typed: 'n\n' }, 'delete', 'ben', '--json');
    expect(inJson).toMatchObject({ code: 0, stdout: '' });
    expect(inJson.stderr).toContain('Nothing was changed.');
    expect(await users({ typed: 'y\n' }, 'delete', 'ben')).toMatchObject({
      code: 0,
      stdout: 'Deleted ben.\n',
    });
    expect(await users(undefined, 'show', 'ben')).toMatchObject({ code: 1, stdout: '' });
  });

  it('deletes with --yes, and prints the deleted user as JSON', async () => {
    await users(undefined, 'create', 'eve', 'eve@example.org');
    const { code, stdout } = await users(undefined, 'delete', 'eve', '--yes', '--json');
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { nickname: 'eve', postCount: 0 }]);
  });

  it.each([
    ['show', 'nobody'],
    ['suspend', 'nobody'],
    ['unsuspend', 'nobody'],
    ['set-role', 'nobody', 'admin'],
    ['reset-password', 'nobody', '--yes'],
    ['delete', 'nobody', '--yes'],
  ])('fails in one line if there is no user with this nickname: %s', async (...args) => {
    const { code, stdout, stderr } = await users(undefined, ...args);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: 'microblog: No user has this nickname.\n',
    });
  });

  it.each([[['set-role', 'ada', 'king']], [['delete']], [['suspend', 'ada', '--nonsense']]])(
    'ends with 2 for wrong arguments: %j',
    async (args) => {
      expect(await users(undefined, ...args)).toMatchObject({ code: 2, stdout: '' });
    },
  );
});
