import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { languagesIn } from '../../packages/host-koa/scripts/compiled-catalogues.js';
import { root } from '../source-hash.js';
import type { Front } from './front.ts';

export interface ServerProcess {
  /** Ends the running server, if there is one, and starts the next. */
  restart(): void;
  /** Whether the last server has ended by itself: its code does not start, or has crashed. */
  isDown(): boolean;
  stop(): Promise<void>;
}

export interface ServerProcessOptions {
  /** Where the database, the secret key and Node's cache of compiled code are kept. */
  readonly directory: string;
  /** Where assets are built. */
  readonly assets: string;
  readonly front: Front;
}

/** The message of a server that is ready. */
export interface Ready {
  readonly port: number;
  /** How to sign in, for the terminal. */
  readonly accounts: string;
}

/** One server at a time, in a process of its own: an embedded database has one owner. */
export function serverProcess({ directory, assets, front }: ServerProcessOptions): ServerProcess {
  let child: ChildProcess | null = null;
  let ending: Promise<void> | null = null;
  let hasStarted = false;
  let stopping = false;

  const end = async () => {
    if (child === null || hasEnded(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  const start = () => {
    if (stopping) return;
    const begun = performance.now();
    const next = fork(join(import.meta.dirname, 'server.ts'), [assets], {
      execArgv: ['--conditions=@microblog/source'],
      env: environment(directory, front.url),
    });
    child = next;
    next.once('message', ({ port, accounts }: Ready) => {
      // It became ready while it was being ended.
      if (ending !== null) return;
      front.passTo(port);
      const seconds = `${((performance.now() - begun) / 1000).toFixed(1)} s`;
      if (hasStarted) console.log(`dev: ready again after ${seconds}`);
      else console.log(`\nMicroblog is ready at ${front.url} (Ctrl-C stops it)\n${accounts}\n`);
      hasStarted = true;
    });
    next.once('exit', () => {
      if (stopping || ending !== null) return;
      front.refuse();
      console.error('dev: the server has ended; the next save starts it again');
    });
  };
  return {
    restart() {
      front.hold();
      ending ??= end().then(() => {
        ending = null;
        start();
      });
    },
    isDown: () => ending === null && child !== null && hasEnded(child),
    stop() {
      stopping = true;
      return end();
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** All languages that have texts, the fallback first. */
function languages(): string[] {
  const others = languagesIn(join(root, 'packages/host-koa/locales')).filter((code) => code !== 'en');
  return ['en', ...others];
}

/** The caller's environment, without what chooses another database. */
function environment(directory: string, url: string) {
  const { DATABASE_URL: _database, ...inherited } = process.env;
  return {
    BASE_URL: url,
    GRAVATAR: 'off',
    LANGUAGES: languages().join(','),
    ...inherited,
    DATA_DIR: join(directory, 'data'),
    // The front listens on those of the caller.
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_COMPILE_CACHE: join(directory, 'compile-cache'),
  };
}
