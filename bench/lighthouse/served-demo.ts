import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../serving/processes/free-port.ts';

const main = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));

export interface ServedDemo {
  readonly url: string;
  stop(): Promise<void>;
}

/** The built server with its sample people, on a free port of 127.0.0.1 and a database of its own. */
export async function serveDemo({ postsPerPage }: { readonly postsPerPage: number }): Promise<ServedDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'microblog-bench-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH = '', HOME = folder } = process.env;
  const env = {
    PATH,
    HOME,
    DATA_DIR: folder,
    PORT: String(port),
    BASE_URL: url,
    GRAVATAR: 'off',
    LOG_LEVEL: 'error',
    POSTS_PER_PAGE: String(postsPerPage),
  };
  await promisify(execFile)(process.execPath, [main, 'demo'], { cwd: folder, env });
  const child = spawn(process.execPath, [main, 'serve'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: is it built?`);
    await wait(100);
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false;
  }
}
