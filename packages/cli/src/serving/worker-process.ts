import cluster, { type Worker } from 'node:cluster';
import type { MetricsSnapshot } from '@microblog/host-koa/composition';
import { pendingAnswers } from './pending-answers.ts';
import { rescueConnections } from './rescued-connections.ts';
import { type FromPrimary, isFromWorker } from './worker-messages.ts';

/** How a worker process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it said about a failed start. */
  readonly reason: string | undefined;
}

/** One forked worker, as its primary sees it. */
export interface WorkerProcess {
  readonly pid: number;
  readonly startedAt: number;
  /** Its address when it accepts connections; null where it ended before that. */
  readonly ready: Promise<string | null>;
  readonly exited: Promise<Ending>;
  /** Whether it takes connections: not before it is ready, nor when it has been told to stop. */
  serves(): boolean;
  reopenLogs(): void;
  /** What it has measured; null where it does not serve, or does not answer in time. */
  measure(): Promise<MetricsSnapshot | null>;
  /** Lets it answer what it accepted, and ends it by force where that takes too long. May be called twice. */
  stop(): Promise<Ending>;
}

/** A worker that is not ready by then hangs. Heroku waits as long for a port. */
const START_LIMIT = 60_000;
/** A little longer than a worker gives the requests that still run, to be gone within ten seconds. */
const STOP_LIMIT = 9_500;

/** Milliseconds for a worker to tell what it has measured. */
const MEASURE_LIMIT = 4_000;

/** What a worker needs of all of them. */
export interface WorkersInCommon {
  /** What each has measured. */
  scrape(): Promise<readonly MetricsSnapshot[]>;
  /** Whether any takes connections. */
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
    if (message.microblog === 'drained') tell(worker, { microblog: 'leave' });
    if (message.microblog === 'measured') measurements.answer(message.id, message.snapshot);
    if (message.microblog === 'scrape') {
      const { id } = message;
      void scrape().then((snapshots) => tell(worker, { microblog: 'scraped', id, snapshots }));
    }
    if (message.microblog === 'ready') {
      isReady = true;
      clearTimeout(startLimit);
      ready.resolve(message.url);
    }
  });
  // A message to a worker that has just died.
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
    reopenLogs: () => tell(worker, { microblog: 'reopen-logs' }),
    measure: async () =>
      serves() ? measurements.ask((id) => tell(worker, { microblog: 'measure', id })) : null,
    async stop() {
      if (!stopping) {
        stopping = true;
        tell(worker, { microblog: 'stop' });
        const limit = setTimeout(kill, STOP_LIMIT);
        void exited.promise.then(() => clearTimeout(limit));
      }
      return exited.promise;
    },
  };
}

function tell(worker: Worker, message: FromPrimary): void {
  if (worker.isConnected()) worker.send(message);
}
