import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { json, text } from 'node:stream/consumers';
import { MicroblogError, silentLogger } from '@microblog/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { version } from '../../version.ts';
import type { CommandFiles, CommandTerminal } from './command-terminal.ts';
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

/** A user at a terminal of 80 columns, who types `input`, answers with `answer`, and has files in memory. */
function user({ input = '', answer = null as string | null, files = new Map<string, Buffer>() } = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const terminal: CommandTerminal = {
    stdin: {
      isTTY: false,
      async *read() {
        yield Buffer.from(input);
      },
    },
    stdout: Object.assign(stdout, { isTTY: true, columns: 80 }),
    stderr,
    colours: true,
    ask: async () => answer,
    files: filesIn(files),
  };
  const printed = () => ({ stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') });
  return { terminal, files, printed };
}

function filesIn(files: Map<string, Buffer>): CommandFiles {
  return {
    async create(path, { force }) {
      if (files.has(path) && !force) throw new Error(`${path} exists already.`);
      const pieces: Uint8Array[] = [];
      files.set(`${path}.partial`, Buffer.alloc(0));
      return {
        async write(bytes) {
          if (path === 'full') throw Object.assign(new Error('no space'), { errno: -28 });
          pieces.push(bytes);
        },
        async keep() {
          files.delete(`${path}.partial`);
          files.set(path, Buffer.concat(pieces));
        },
        discard: async () => void files.delete(`${path}.partial`),
      };
    },
    async open(path) {
      const content = files.get(path) ?? Buffer.alloc(0);
      return {
        size: content.length,
        read: async (position, length) => content.subarray(position, position + length),
        close: async () => {},
      };
    },
  };
}

interface Called {
  readonly dataDirectory?: string;
  readonly arguments?: readonly string[];
  readonly signal?: AbortSignal;
}

const call = (
  terminal: CommandTerminal,
  {
    dataDirectory = folder,
    arguments: given = ['status'],
    signal = new AbortController().signal,
  }: Called = {},
) => runInServingProcess({ dataDirectory, arguments: given, terminal, signal });

describe('a command through the control socket', () => {
  it('gets its arguments as typed, and returns its exit code', async () => {
    let got: readonly string[] = [];
    await serve(async (commandLine) => {
      got = commandLine;
      return 3;
    });
    expect(await call(user().terminal, { arguments: ['users', 'show', 'a b', ''] })).toBe(3);
    expect(got).toEqual(['users', 'show', 'a b', '']);
  });

  it('prints on both outputs of the user, in order and whole', async () => {
    await serve(async (_, { stdout, stderr }) => {
      for (let line = 0; line < 100; line++) stdout.write(`${line}\n`);
      stdout.write('é'.repeat(200_000));
      stderr.write('careful\n');
      return 0;
    });
    const { terminal, printed } = user();
    const shown = text(terminal.stdout as PassThrough);
    await call(terminal);
    terminal.stdout.end();
    const lines = Array.from({ length: 100 }, (_, line) => `${line}\n`).join('');
    expect(await shown).toBe(lines + 'é'.repeat(200_000));
    expect(printed().stderr).toBe('careful\n');
  });

  it('knows the terminal of the user', async () => {
    let facts: unknown;
    await serve(async (_, { stdin, stdout, stderr, colours }) => {
      const screens = [stdout, stderr].map(({ isTTY, columns }) => ({ isTTY, columns }));
      facts = { stdin: stdin.isTTY, screens, colours };
      return 0;
    });
    await call(user().terminal);
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
    await call(user({ input: 'a password', answer: 'yes' }).terminal);
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
    await call(user({ files: new Map([['notes', Buffer.from('hello world')]]) }).terminal);
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
    const { terminal, files } = user();
    await call(terminal);
    expect([...files]).toEqual([['notes', Buffer.from([0, 255, 10, 0x78])]]);
  });

  it('learns why a file of the user fails', async () => {
    const errors: unknown[] = [];
    await serve(async (_, { files }) => {
      await files.create('taken', { force: false }).catch((error) => errors.push(error));
      const file = await files.create('full', { force: false });
      await file.write(Buffer.from('x')).catch((error) => errors.push(error));
      return 1;
    });
    await call(user({ files: new Map([['taken', Buffer.from('')]]) }).terminal);
    expect(errors).toMatchObject([{ message: 'taken exists already.' }, { message: 'no space', errno: -28 }]);
  });

  it('leaves no file that it did not keep', async () => {
    await serve(async (_, { files }) => {
      await files.create('notes', { force: false });
      return 1;
    });
    const { terminal, files } = user();
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
    const { terminal, printed } = user();
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
    expect(await ended.promise).toMatchObject({ message: expect.stringContaining('has gone') });
  });

  it('is an error for the user if the serving process ends first, and no file stays', async () => {
    await serve(async (_, { files }, signal) => {
      await files.create('notes', { force: false });
      void server.close();
      await untilAborted(signal);
      return 0;
    });
    const { terminal, files } = user();
    await expect(call(terminal)).rejects.toMatchObject({ code: 'storage_locked' });
    expect([...files.keys()]).toEqual([]);
  });

  it('is an error for the user if the command throws', async () => {
    await serve(async () => {
      throw new MicroblogError('storage_failed', 'A defect.');
    });
    await expect(call(user().terminal)).rejects.toMatchObject({ code: 'storage_locked' });
  });
});

const opening = {
  protocol: 1,
  arguments: ['status'],
  terminal: { stdin: { isTTY: false }, stdout: { isTTY: false }, stderr: { isTTY: false }, colours: false },
};

describe('the control socket', () => {
  it('is for this user alone', async () => {
    await serve(async () => 0);
    expect(statSync(join(folder, 'control.sock')).mode & 0o777).toBe(0o600);
  });

  it('reports one error if nobody listens', async () => {
    await serve(async () => 0);
    await server.close();
    await expect(call(user().terminal)).rejects.toMatchObject({ code: 'storage_locked' });
  });

  it('is missing with a warning, and one error, if its path is too long', async () => {
    const dataDirectory = join(folder, 'long/'.repeat(30));
    const warnings: string[] = [];
    const logger = {
      ...silentLogger,
      warn: (_: object, message?: string) => void warnings.push(message ?? ''),
    };
    server = await openControlServer({ dataDirectory, runCommand: async () => 0, logger });
    expect(warnings).toEqual([expect.stringContaining('no control socket')]);
    await expect(call(user().terminal, { dataDirectory })).rejects.toMatchObject({ code: 'storage_locked' });
  });

  it.each([
    ['a request of the first releases', 'GET', '/archive', ''],
    ['an archive that the first releases send', 'PUT', '/archive', '{"kind":"header"}\n'.repeat(100_000)],
    ['another protocol', 'POST', '/commands', `${JSON.stringify({ ...opening, protocol: 2 })}\n`],
    ['an opening that lacks something', 'POST', '/commands', `${JSON.stringify({ protocol: 1 })}\n`],
    ['what is not JSON', 'POST', '/commands', 'status\n'],
  ])('refuses %s, and says what to do', async (_, method, path, body) => {
    await serve(async () => 0);
    const sent = request({ socketPath: join(folder, 'control.sock'), method, path, agent: false });
    const answered = once(sent, 'response');
    sent.end(body);
    const [response] = await answered;
    expect(response.statusCode).toBe(409);
    expect(await json(response)).toEqual({
      message: `The process that serves the database is of another release (${version}). Restart it with the release of this command, then try again.`,
    });
  });

  it('shows the user what a process of another release answers', async () => {
    await serve(async () => 0);
    await server.close();
    for (const [status, body, message] of [
      [409, '{"message":"Of another release."}', 'Of another release.'],
      [404, '{"message":"There is no such command."}', 'is of an older release. Restart it'],
    ] as const) {
      await using _ = await oldServer(join(folder, 'control.sock'), status, body);
      await expect(call(user().terminal)).rejects.toThrow(message);
    }
  });
});

/** A process that serves and answers everything with `body`. */
async function oldServer(path: string, status: number, body: string): Promise<AsyncDisposable> {
  const old = createServer((_request, response) => void response.writeHead(status).end(body));
  await new Promise<void>((resolve) => old.listen(path, resolve));
  return {
    async [Symbol.asyncDispose]() {
      old.closeAllConnections();
      await new Promise((resolve) => old.close(resolve));
    },
  };
}
