import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Load {
  readonly url: string;
  /** Sent again and again; each connection takes every so many of them. */
  readonly requests: readonly LoadRequest[];
  readonly connections: number;
  /** How many requests are sent; a run ends when all of them are answered. */
  readonly amount: number;
}

export interface LoadResult {
  readonly answers: number;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Of a whole answer, headers included; the mean. */
  readonly bytes: number;
  /** Number of answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Requests without an answer. */
  readonly failures: number;
}

/** A process that sends requests. */
export interface LoadProcess {
  run(load: Load): Promise<LoadResult>;
  stop(): Promise<void>;
}

export function startLoad(): LoadProcess {
  const program = fileURLToPath(new URL('./load-program.ts', import.meta.url));
  const child: ChildProcess = fork(program, { execArgv: [], env: { PATH: process.env.PATH } });
  const ended = once(child, 'exit');
  return {
    async run(load) {
      child.send(load);
      const [result] = (await Promise.race([
        once(child, 'message'),
        ended.then(() => {
          throw new Error('The process that sends requests ended.');
        }),
      ])) as [LoadResult];
      return result;
    },
    async stop() {
      child.disconnect();
      await ended;
    },
  };
}
