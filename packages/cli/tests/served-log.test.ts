import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Logger, operator, silentLogger } from '@microblog/core';
import {
  type Application,
  loadConfig,
  openApplication,
  openControlSocket,
  prepareDatabase,
} from '@microblog/host-koa/composition';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/support/microblog-process.ts';
import { localTerminal } from '../src/local/local-terminal.ts';
import { run } from '../src/run.ts';
import { runServed } from '../src/serving/run-served.ts';

const logged: { readonly level: string; readonly details: object; readonly message: string }[] = [];
const logAs = (level: string) => (details: object, message: string) =>
  void logged.push({ level, details, message });
const logger: Logger = {
  ...silentLogger,
  info: logAs('info'),
  warn: logAs('warn'),
  error: logAs('error'),
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let environment: Record<string, string>;
let application: Application;
let control: Awaited<ReturnType<typeof openControlSocket>>;
beforeAll(async () => {
  folder = await temporaryFolder();
  environment = { DATA_DIR: join(folder.path, 'data'), LOG_LEVEL: 'silent' };
  application = await openApplication(loadConfig(environment));
  await prepareDatabase(application);
  const ada = { nickname: 'ada', email: 'ada@example.org', password: 'a password of hers' };
  await application.microblog.accounts.register(operator, ada);
  control = await openControlSocket(application, runServed(application, logger));
});
afterAll(async () => {
  await control.close();
  await application.close();
  await folder.remove();
});
beforeEach(() => void logged.splice(0));

/** Runs a command as another process would, which finds the database locked. */
async function microblog(commandLine: readonly string[], stdout = new PassThrough()): Promise<number> {
  const [stdin, stderr] = [new PassThrough().end(), new PassThrough()];
  stdout.on('error', () => {});
  return await run(commandLine, { environment, stdin, stdout, stderr });
}

const info = (command: string, exitCode: number) => ({
  level: 'info',
  details: { command, exitCode },
  message: 'a command ran through the control socket',
});

describe('the log of a process that runs a command for another', () => {
  it('has one line for a command that succeeds', async () => {
    await microblog(['users', 'list']);
    expect(logged).toEqual([info('users list', 0)]);
  });

  it.each([
    ['an unknown user', ['users', 'suspend', 'unknown'], 1],
    ['an invalid nickname', ['users', 'create', 'e v e', 'eve@example.org'], 2],
    ['a nickname that is taken', ['users', 'create', 'ADA', 'other@example.org'], 1],
  ] as const)('has the exit code, and nothing that was typed, for %s', async (_, commandLine, exitCode) => {
    expect(await microblog(commandLine)).toBe(exitCode);
    expect(logged).toEqual([info(commandLine.slice(0, 2).join(' '), exitCode)]);
  });

  it('has no error for a file that exists already', async () => {
    const taken = join(folder.path, 'taken.gz');
    await writeFile(taken, '');
    await microblog(['backup', taken]);
    expect(logged).toEqual([info('backup', 1)]);
  });

  it('has no error for a folder that is missing', async () => {
    await microblog(['backup', join(folder.path, 'missing', 'new.gz')]);
    expect(logged).toEqual([info('backup', 1)]);
  });

  it('has no error for a broken pipe', async () => {
    const closed = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', errno: -32 });
    const pipe = new PassThrough({ write: (_chunk, _encoding, done) => done(closed) });
    expect(await microblog(['backup', '-'], pipe)).toBe(1);
    expect(logged).toEqual([info('backup', 1)]);
  });

  it('has the error, with its stack, if the program is at fault', async () => {
    const defect = new Error('a defect');
    const archive = { ...application.archive, snapshot: () => Promise.reject(defect) };
    const runCommand = runServed({ ...application, archive }, logger);
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    await using terminal = localTerminal({ environment, stdin, stdout, stderr });
    expect(await runCommand(['backup', '-'], terminal, new AbortController().signal)).toBe(1);
    expect(logged).toEqual([
      {
        level: 'error',
        details: { err: defect, command: 'backup', exitCode: 1 },
        message: 'a command through the control socket failed',
      },
    ]);
  });
});
