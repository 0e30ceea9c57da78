import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** Processes that the tests of this worker have started and that still run. */
const running = new Set<ChildProcess>();

/** Kills all of them. `after-file.ts` calls it, so that no process outlives a test file. */
export function endProcesses(): void {
  for (const child of running) child.kill('SIGKILL');
}

type Variables = Readonly<Record<string, string>>;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Serving {
  readonly url: string;
  readonly pid: number;
  /** What it has written to standard output so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  finished: Promise<Finished>;
}

/** The built program of `microblog`. */
export const mainFile = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));

/**
 * Processes get only these variables, not the machine's own settings. The browsers of tests reach nothing beyond
 * this machine. So there are no Gravatar pictures unless a test sets their origin. All processes of a test run share
 * compiled code, which saves a fifth of the time of a start.
 */
function start(args: readonly string[], cwd: string, variables: Variables) {
  const { PATH = '', HOME = cwd } = process.env;
  const NODE_COMPILE_CACHE = join(inject('sharedFolder'), 'compiled');
  const child = spawn(process.execPath, [mainFile, ...args], {
    cwd,
    env: { PATH, HOME, GRAVATAR: 'off', NODE_COMPILE_CACHE, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

function collect(child: ChildProcessByStdio<null, Readable, Readable>) {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = once(child, 'close').then(([code]): Finished => ({ code, stdout, stderr }));
  return { finished, output: () => stdout };
}

/** Runs a command of the built program to its end. */
export function runMicroblog(
  args: readonly string[],
  cwd: string,
  variables: Variables = {},
): Promise<Finished> {
  return startMicroblog(args, cwd, variables).finished;
}

/** Starts a command of the built program, to be killed before its end. */
export function startMicroblog(
  args: readonly string[],
  cwd: string,
  variables: Variables = {},
): Pick<Serving, 'kill' | 'finished'> {
  const child = start(args, cwd, variables);
  return { kill: (signal) => child.kill(signal), finished: collect(child).finished };
}

/**
 * Starts `microblog serve` on a free port, and waits until it is ready.
 * @throws {Error} with its output if it ends before.
 */
export async function serveMicroblog(
  cwd: string,
  variables: Variables = {},
  options: readonly string[] = [],
): Promise<Serving> {
  const child = start(['serve', ...options], cwd, { PORT: '0', ...variables });
  const { finished, output } = collect(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const ready = /ready at (http:\/\/[^\s"]+)/.exec(output());
      if (ready?.[1] !== undefined) resolve(ready[1]);
    });
    void finished.then(({ code, stdout, stderr }) => {
      reject(new Error(`microblog serve ended with ${code} before it was ready:\n${stdout}${stderr}`));
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The process has no id.');
  return { url, pid, output, kill: (signal) => child.kill(signal), finished };
}

/**
 * Starts `microblog worker`, and waits until it runs jobs.
 * @throws {Error} with its output if it ends before.
 */
export async function startWorker(cwd: string, variables: Variables): Promise<Omit<Serving, 'url'>> {
  const child = start(['worker'], cwd, variables);
  const { finished, output } = collect(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (output().includes('ready to run jobs')) resolve();
    });
    void finished.then(({ code, stdout, stderr }) => {
      reject(new Error(`microblog worker ended with ${code} before it was ready:\n${stdout}${stderr}`));
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The process has no id.');
  return { pid, output, kill: (signal) => child.kill(signal), finished };
}

/** A new temporary folder, removed after the test. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'microblog-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
