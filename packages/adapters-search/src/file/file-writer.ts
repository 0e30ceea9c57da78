import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { IndexChange } from './index-change.ts';
import { sqliteError } from './sqlite.ts';
import type { WriteAnswer, WriteRequest } from './write-messages.ts';

/** In milliseconds. A thread without work takes some megabytes; starting one takes some milliseconds. */
const IDLE_LIMIT = 30_000;

/** In megabytes. The thread keeps no more than one batch of posts. */
const HEAP = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 4 };

/** The file of the thread: beside this one in the sources, and beside the bundle when it is built. */
const threadFile = import.meta.url.endsWith('.ts') ? './write-thread.ts' : './write-thread.js';

/** Writes to the index file in a thread, so that the calling thread never waits for the disk. */
export interface FileWriter {
  /**
   * Resolves when the change is stored. Changes are stored in their order.
   * @throws {Error} of SQLite, with `errcode`.
   */
  write(file: Pick<WriteRequest, 'path' | 'inode'>, change: IndexChange): Promise<void>;
  /** Lets the thread store the changes that it has, and ends it. May be called twice. */
  close(): Promise<void>;
}

interface Pending {
  resolve(): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
  readonly ended: Promise<unknown>;
}

/** The thread starts with the first change, and ends when it had none for half a minute. */
export function fileWriter(): FileWriter {
  let current: Thread | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;

  function start(): Thread {
    // Without the flags and the environment of the process: NODE_OPTIONS may load programs.
    const worker = new Worker(new URL(threadFile, import.meta.url), {
      resourceLimits: HEAP,
      execArgv: [],
      env: {},
    });
    const thread: Thread = { worker, pending: new Map(), ended: once(worker, 'exit').catch(() => {}) };
    worker.on('message', ({ id, failure }: WriteAnswer) => {
      const waiting = thread.pending.get(id);
      thread.pending.delete(id);
      if (failure === null) waiting?.resolve();
      else waiting?.reject(sqliteError(failure));
      if (thread.pending.size === 0 && current === thread) rest(thread);
    });
    const fail = (error: Error) => {
      if (current === thread) current = undefined;
      for (const waiting of thread.pending.values()) waiting.reject(error);
      thread.pending.clear();
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the thread that writes the search index ended')));
    return thread;
  }

  /** A thread without work keeps neither itself nor the process alive. */
  function rest(thread: Thread): void {
    thread.worker.unref();
    clearTimeout(idle);
    idle = setTimeout(() => void end(thread), IDLE_LIMIT).unref();
  }

  async function end(thread: Thread): Promise<void> {
    if (current === thread) current = undefined;
    clearTimeout(idle);
    // It keeps the process alive until it has ended.
    thread.worker.ref();
    thread.worker.postMessage('close');
    await thread.ended;
  }

  return {
    write(file, change) {
      current ??= start();
      const { worker, pending } = current;
      clearTimeout(idle);
      worker.ref();
      const id = ++last;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        worker.postMessage({ id, ...file, change } satisfies WriteRequest);
      });
    },
    async close() {
      if (current !== undefined) await end(current);
    },
  };
}
