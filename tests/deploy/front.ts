import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selfSignedCertificate } from '../support/self-signed-certificate.ts';
import { until } from '../support/until.ts';

export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A folder for a web server that may run as another user: a certificate, and the assets in a readable place. */
export interface FrontFolder {
  readonly path: string;
  /** The path of the repository in its configuration. */
  readonly app: string;
  readonly certificate: string;
  readonly privateKey: string;
  write(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

export async function frontFolder(): Promise<FrontFolder> {
  const path = await mkdtemp(join(tmpdir(), 'microblog-front-'));
  await chmod(path, 0o755);
  const assets = 'packages/host-koa/dist/assets';
  await cp(join(repository, assets), join(path, 'app', assets), { recursive: true });
  const write = async (name: string, text: string) => {
    await writeFile(join(path, name), text);
    return join(path, name);
  };
  const made = await selfSignedCertificate();
  return {
    path,
    app: join(path, 'app'),
    certificate: await write('fullchain.pem', made.certificate),
    privateKey: await write('privkey.pem', made.privateKey),
    write,
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

export async function runTool(program: string, args: readonly string[], cwd: string): Promise<Outcome> {
  const { PATH = '' } = process.env;
  const child = spawn(program, args, { cwd, env: { PATH, HOME: cwd }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

/** Starts a web server in front, and stops it after `use`. */
export async function whileRunning(
  program: string,
  args: readonly string[],
  { cwd, port }: { readonly cwd: string; readonly port: number },
  use: () => Promise<void>,
): Promise<void> {
  const { PATH = '' } = process.env;
  const child = spawn(program, args, { cwd, env: { PATH, HOME: cwd }, stdio: 'ignore' });
  const ended = once(child, 'close');
  try {
    // A file of the web server alone, so that it can be tested without an application behind it.
    await until(() => ask(port, '/assets/none.00000000.css').catch(() => child.exitCode !== null));
    await use();
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly length: number;
}

/** Requests a page of blog.example.org over TLS, wherever it is served. */
export function ask(port: number, path: string, headers: IncomingHttpHeaders = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, path, host: '127.0.0.1', servername: 'blog.example.org', agent: false as const };
    const asked = request({
      ...options,
      rejectUnauthorized: false,
      headers: { Host: 'blog.example.org', 'Accept-Encoding': 'gzip', ...headers },
    });
    asked.once('error', reject).once('response', async (response) => {
      let length = 0;
      for await (const chunk of response) length += chunk.length;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, length });
    });
    asked.end();
  });
}
