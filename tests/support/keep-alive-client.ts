import { Agent, get } from 'node:http';

/** Requests a page again and again over one kept connection, as proxies do. */
export interface KeepAliveClient {
  /** Answers so far, by status. */
  readonly statuses: Map<number, number>;
  /** Number of requests without an answer; they are not retried. */
  readonly failures: string[];
  answered(): number;
  /** Stops after the current answer. */
  stop(): Promise<void>;
}

export interface KeepAliveOptions {
  /** Makes a new connection when the server ends one. Default: stops instead. */
  readonly reconnect?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export function keepAliveClient(
  url: string,
  { reconnect = false, headers = {} }: KeepAliveOptions = {},
): KeepAliveClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  let stopped = false;

  const ask = () =>
    new Promise<'goes on' | 'was closed'>((resolve) => {
      const failed = (error: Error) => {
        failures.push(error.message);
        resolve('was closed');
      };
      const request = get(url, { agent, headers }, (response) => {
        const { statusCode = 0 } = response;
        response.resume();
        response.once('error', failed);
        response.once('end', () => {
          statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
          resolve(response.headers.connection === 'close' ? 'was closed' : 'goes on');
        });
      });
      request.once('error', failed);
    });

  const done = (async () => {
    while (!stopped) {
      if ((await ask()) === 'was closed' && !reconnect) break;
    }
    agent.destroy();
  })();

  return {
    statuses,
    failures,
    answered: () => [...statuses.values()].reduce((sum, count) => sum + count, 0),
    stop() {
      stopped = true;
      return done;
    },
  };
}
