import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { silentLogger } from '@microblog/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandUser, opening } from '../../../tests/support/command-user.ts';
import { version } from '../../version.ts';
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

const call = (terminal: CommandTerminal, dataDirectory = folder) =>
  runInServingProcess({
    dataDirectory,
    arguments: ['status'],
    terminal,
    signal: new AbortController().signal,
  });

describe('the control socket', () => {
  it('is for this user only', async () => {
    await serve(async () => 0);
    expect(statSync(join(folder, 'control.sock')).mode & 0o777).toBe(0o600);
  });

  it('reports one error if no process listens', async () => {
    await serve(async () => 0);
    await server.close();
    await expect(call(commandUser().terminal)).rejects.toMatchObject({ code: 'storage_locked' });
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
    await expect(call(commandUser().terminal, dataDirectory)).rejects.toMatchObject({
      code: 'storage_locked',
    });
  });

  it.each([
    ['a request of the first releases', 'GET', '/archive', ''],
    ['an archive that the first releases send', 'PUT', '/archive', '{"kind":"header"}\n'.repeat(100_000)],
    ['another protocol', 'POST', '/commands', `${JSON.stringify({ ...opening, protocol: 2 })}\n`],
    ['an opening that lacks something', 'POST', '/commands', `${JSON.stringify({ protocol: 1 })}\n`],
    ['text that is not JSON', 'POST', '/commands', 'status\n'],
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

  it('shows the user the answer of a process of another release', async () => {
    await serve(async () => 0);
    await server.close();
    for (const [status, body, message] of [
      [409, '{"message":"Of another release."}', 'Of another release.'],
      [404, '{"message":"There is no such command."}', 'is of an older release. Restart it'],
    ] as const) {
      await using _ = await oldServer(join(folder, 'control.sock'), status, body);
      await expect(call(commandUser().terminal)).rejects.toThrow(message);
    }
  });
});

/** A server that answers every request with `body`. */
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
