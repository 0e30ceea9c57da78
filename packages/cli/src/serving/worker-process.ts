import cluster, { type Worker } from 'node:cluster';
import type { MetricsSnapshot } from '@microblog/host-koa/composition';
import { pendingAnswers } from './pending-answers.ts';
import { rescueConnections } from './rescued-connections.ts';
import { type FromPrimary, isFromWorker } from './worker-messages.ts';

/** How a worker process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** The worker's own message about a failed start. */
  readonly reason: string | undefined;
}

/** One forked worker, for its primary. */
export interface WorkerProcess {
  readonly pid: number;
  readonly startedAt: number;
  /** The address of the worker when it accepts connections; null if it ended before that. */
  readonly ready: Promise<string | null>;
  readonly exited: Promise<Ending>;
  /** True if it accepts connections: it is ready and was not asked to stop. */
  serves(): boolean;
  reopenLogs(): void;
  /** The metrics of the worker; null if it does not serve or does not answer in time. */
  measure(): Promise<MetricsSnapshot | null>;
  /** Lets it answer the requests that it accepted. Kills it if that takes too long. May be called twice. */
  stop(): Promise<Ending>;
}

/** In milliseconds. A worker that is not ready after this time hangs. Heroku waits just as long for a port. */
const START_LIMIT = 60_000;
/** In milliseconds. A little longer than a worker gives running requests, and less than the promised ten seconds. */
const STOP_LIMIT = 9_500;

/** In milliseconds. How long a worker may take to return its metrics. */
const MEASURE_LIMIT = 4_000;

/** Facts about all workers that a single worker needs. */
export interface WorkersInCommon {
  /** The metrics of each worker. */
  scrape(): Promise<readonly MetricsSnapshot[]>;
  /** Whether any worker accepts connections. */
  isServed(): boolean;
}

/** Forks the running program with the same arguments. */
export function startWorker({ scrape, isServed }: WorkersInCommon): WorkerProcess {
  const worker = cluster.fork();
  rescueConnections(worker, isServed);
  const ready = Promise.withResolvers<string | null>();
  const exited = Promise.withResolvers<Ending>();
  const kill = () => worker.process.kill('SIGKILL');
  const startLimit = setTimeout(kill, START_LIMIT);
  let isReady = false;
  let reason: string | undefined;
  let stopping = false;
  const serves = () => isReady && !stopping;
  const measurements = pendingAnswers<MetricsSnapshot>(MEASURE_LIMIT);
  worker.on('message', (message: unknown) => {
    if (!isFromWorker(message)) return;
    if (message.microblog === 'failed') reason = message.reason;
    if (message.microblog === 'drained') sendMessage(worker, { microblog: 'leave' });
    if (message.microblog === 'measured') measurements.answer(message.id, message.snapshot);
    if (message.microblog === 'scrape') {
      const { id } = message;
      void scrape().then((snapshots) => sendMessage(worker, { microblog: 'scraped', id, snapshots }));
    }
    if (message.microblog === 'ready') {
      isReady = true;
      clearTimeout(startLimit);
      ready.resolve(message.url);
    }
  });
  // Sending a message to a worker that has just died fails.
  worker.on('error', () => {});
  worker.once('exit', (code, signal) => {
    isReady = false;
    clearTimeout(startLimit);
    ready.resolve(null);
    exited.resolve({ code, signal, reason });
  });
  return {
    pid: worker.process.pid ?? 0,
    startedAt: performance.now(),
    ready: ready.promise,
    exited: exited.promise,
    serves,
    reopenLogs: () => sendMessage(worker, { microblog: 'reopen-logs' }),
    measure: async () =>
      serves() ? measurements.ask((id) => sendMessage(worker, { microblog: 'measure', id })) : null,
    async stop() {
      if (!stopping) {
        stopping = true;
        sendMessage(worker, { microblog: 'stop' });
        const limit = setTimeout(kill, STOP_LIMIT);
        void exited.promise.then(() => clearTimeout(limit));
      }
      return exited.promise;
    },
  };
}

function sendMessage(worker: Worker, message: FromPrimary): void {
  if (worker.isConnected()) worker.send(message);
}
