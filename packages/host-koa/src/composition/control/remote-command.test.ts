import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MicroblogError, silentLogger } from '@microblog/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandUser, opening } from '../../../tests/support/command-user.ts';
import type { CommandTerminal } from './command-terminal.ts';
import { runInServingProcess } from './control-client.ts';
import { type ControlServer, openControlServer, type RunCommand } from './control-server.ts';

let folder: string;
let server: ControlServer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'microblog-control-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function serve(runCommand: RunCommand): Promise<void> {
  server = await openControlServer({ dataDirectory: folder, runCommand, logger: silentLogger });
}

interface Called {
  readonly arguments?: readonly string[];
  readonly signal?: AbortSignal;
}

const call = (
  terminal: CommandTerminal,
  { arguments: given = ['status'], signal = new AbortController().signal }: Called = {},
) => runInServingProcess({ dataDirectory: folder, arguments: given, terminal, signal });

describe('a command through the control socket', () => {
  it('gets its arguments as typed, and returns its exit code', async () => {
    let got: readonly string[] = [];
    await serve(async (commandLine) => {
      got = commandLine;
      return 3;
    });
    expect(await call(commandUser().terminal, { arguments: ['users', 'show', 'a b', ''] })).toBe(3);
    expect(got).toEqual(['users', 'show', 'a b', '']);
  });

  it('prints on both outputs of the user, in order and completely', async () => {
    await serve(async (_, { stdout, stderr }) => {
      for (let line = 0; line < 100; line++) stdout.write(`${line}\n`);
      stdout.write('é'.repeat(200_000));
      stderr.write('careful\n');
      return 0;
    });
    const { terminal, printed } = commandUser();
    const shown = text(terminal.stdout as PassThrough);
    await call(terminal);
    terminal.stdout.end();
    const lines = Array.from({ length: 100 }, (_, line) => `${line}\n`).join('');
    expect(await shown).toBe(lines + 'é'.repeat(200_000));
    expect(printed().stderr).toBe('careful\n');
  });

  it('prints in the order of its writes, also between the outputs', async () => {
    await serve(async (_, { stdout, stderr }) => {
      for (let line = 0; line < 5; line++) {
        stdout.write(`out ${line}\n`);
        stdout.write(`more ${line}\n`);
        stderr.write(`err ${line}\n`);
      }
      return 0;
    });
    const { terminal } = commandUser();
    let screen = '';
    for (const stream of [terminal.stdout, terminal.stderr] as PassThrough[]) {
      stream.on('data', (chunk) => {
        screen += chunk;
      });
    }
    await call(terminal);
    const lines = [0, 1, 2, 3, 4].map((line) => `out ${line}\nmore ${line}\nerr ${line}\n`);
    expect(screen).toBe(lines.join(''));
  });

  it('gets the error of an output that is closed', async () => {
    const failed = Promise.withResolvers<unknown>();
    await serve(async (_, { stdout }) => {
      stdout.on('error', failed.resolve);
      stdout.write('x');
      await failed.promise;
      return 1;
    });
    const { terminal } = commandUser();
    const closed = Object.assign(new Error('write EPIPE'), { errno: -32 });
    (terminal.stdout as PassThrough).on('error', () => {}).destroy(closed);
    expect(await call(terminal)).toBe(1);
    expect(await failed.promise).toBeInstanceOf(Error);
  });

  it('gets the properties of the user’s terminal', async () => {
    let facts: unknown;
    await serve(async (_, { stdin, stdout, stderr, colours }) => {
      const screens = [stdout, stderr].map(({ isTTY, columns }) => ({ isTTY, columns }));
      facts = { stdin: stdin.isTTY, screens, colours };
      return 0;
    });
    await call(commandUser().terminal);
    expect(facts).toEqual({
      stdin: false,
      screens: [
        { isTTY: true, columns: 80 },
        { isTTY: false, columns: undefined },
      ],
      colours: true,
    });
  });

  it('reads standard input, and asks', async () => {
    let got: unknown;
    await serve(async (_, { stdin, ask }) => {
      got = [await text(stdin.read()), await ask('Sure?')];
      return 0;
    });
    await call(commandUser({ input: 'a password', answer: 'yes' }).terminal);
    expect(got).toEqual(['a password', 'yes']);
  });

  it('reads files of the user, any part of them', async () => {
    let got: unknown;
    await serve(async (_, { files }) => {
      const file = await files.open('notes');
      got = [file.size, String(await file.read(6, 5)), String(await file.read(0, 5))];
      await file.close();
      return 0;
    });
    await call(commandUser({ files: new Map([['notes', Buffer.from('hello world')]]) }).terminal);
    expect(got).toEqual([11, 'world', 'hello']);
  });

  it('writes a file of the user', async () => {
    await serve(async (_, { files }) => {
      const file = await files.create('notes', { force: false });
      await file.write(Buffer.from([0, 255, 10]));
      await file.write(Buffer.from('x'));
      await file.keep();
      return 0;
    });
    const { terminal, files } = commandUser();
    await call(terminal);
    expect([...files]).toEqual([['notes', Buffer.from([0, 255, 10, 0x78])]]);
  });

  it('gets the reason if a file of the user fails', async () => {
    const errors: unknown[] = [];
    await serve(async (_, { files }) => {
      await files.create('taken', { force: false }).catch((error) => errors.push(error));
      const file = await files.create('full', { force: false });
      await file.write(Buffer.from('x')).catch((error) => errors.push(error));
      return 1;
    });
    await call(commandUser({ files: new Map([['taken', Buffer.from('')]]) }).terminal);
    expect(errors).toMatchObject([{ message: 'taken exists already.' }, { message: 'no space', errno: -28 }]);
  });

  it('leaves no file that it did not keep', async () => {
    await serve(async (_, { files }) => {
      await files.create('notes', { force: false });
      return 1;
    });
    const { terminal, files } = commandUser();
    await call(terminal);
    expect([...files.keys()]).toEqual([]);
  });
});

describe('the end of a command through the control socket', () => {
  const untilAborted = (signal: AbortSignal) => once(signal, 'abort');

  it('comes by the signal of the user, and may still print', async () => {
    const interrupt = new AbortController();
    await serve(async (_, { stderr }, signal) => {
      interrupt.abort();
      await untilAborted(signal);
      stderr.write('interrupted\n');
      return 1;
    });
    const { terminal, printed } = commandUser();
    expect(await call(terminal, { signal: interrupt.signal })).toBe(1);
    expect(printed().stderr).toBe('interrupted\n');
  });

  it('comes when the process of the user ends', async () => {
    const [started, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<unknown>()];
    await serve(async (_, { ask }, signal) => {
      const answer = ask('Sure?');
      started.resolve();
      await untilAborted(signal);
      await answer.catch(ended.resolve);
      return 1;
    });
    const sent = request({ socketPath: join(folder, 'control.sock'), method: 'POST', path: '/commands' });
    sent.on('error', () => {});
    sent.write(`${JSON.stringify(opening)}\n`);
    await started.promise;
    sent.destroy();
    expect(await ended.promise).toMatchObject({ message: expect.stringContaining('has ended') });
  });

  it('is an error for the user if the serving process ends first, and no file stays', async () => {
    await serve(async (_, { files }, signal) => {
      await files.create('notes', { force: false });
      void server.close();
      await untilAborted(signal);
      return 0;
    });
    const { terminal, files } = commandUser();
    await expect(call(terminal)).rejects.toMatchObject({ code: 'storage_locked' });
    expect([...files.keys()]).toEqual([]);
  });

  it('is an error for the user if the command throws', async () => {
    await serve(async () => {
      throw new MicroblogError('storage_failed', 'A defect.');
    });
    await expect(call(commandUser().terminal)).rejects.toMatchObject({ code: 'storage_locked' });
  });
});
