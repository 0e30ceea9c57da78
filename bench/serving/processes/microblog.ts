import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

/** Signs the sessions of a run. */
export const SECRET_KEY = 'the secret key of a benchmark';

/** This checkout. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

export interface MicroblogOptions {
  /** The checkout whose built command runs. */
  readonly checkout: string;
  /** Holds the search index, the embedded database, and the log of the process. */
  readonly dataDirectory: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
}

export interface ServedMicroblog {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from the start of the process until it answered. */
  readonly startTime: number;
  stop(): Promise<void>;
}

/** Milliseconds in which a process must be ready. */
const START_TIMEOUT = 180_000;

/** Starts `microblog serve` as users run it: the built command, one process, settings of production. */
export async function serveMicroblog(options: MicroblogOptions): Promise<ServedMicroblog> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const log = join(options.dataDirectory, `serve-${port}.log`);
  const output = openSync(log, 'a');
  const begun = performance.now();
  const child = spawn(process.execPath, [commandOf(options), 'serve'], {
    cwd: options.dataDirectory,
    env: { ...environmentOf(options), PORT: String(port), BASE_URL: url },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const ended = once(child, 'exit');
  while (!(await isReady(url))) {
    if (hasEnded(child) || performance.now() - begun > START_TIMEOUT) {
      child.kill('SIGKILL');
      throw new Error(`microblog serve did not get ready. Its log:\n${readFileSync(log, 'utf8')}`);
    }
    await wait(20);
  }
  const startTime = performance.now() - begun;
  if (child.pid === undefined) throw new Error('The process has no id.');
  return {
    url,
    pid: child.pid,
    startTime,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs another command of the program to its end, and returns what it prints. */
export async function runMicroblog(options: MicroblogOptions, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [commandOf(options), ...args], {
    cwd: options.dataDirectory,
    env: environmentOf(options),
  });
  return stdout;
}

function commandOf({ checkout }: MicroblogOptions): string {
  return join(checkout, 'packages/cli/dist/main.js');
}

function environmentOf({ dataDirectory, databaseUrl }: MicroblogOptions): Record<string, string> {
  const { PATH = '', HOME = dataDirectory } = process.env;
  return {
    PATH,
    HOME,
    NODE_ENV: 'production',
    DATA_DIR: dataDirectory,
    SECRET_KEY,
    GRAVATAR: 'off',
    POSTS_PER_PAGE: '25',
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
