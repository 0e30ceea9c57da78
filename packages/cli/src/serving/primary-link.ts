import cluster from 'node:cluster';
import type { MetricsSnapshot } from '@microblog/host-koa/composition';
import { pendingAnswers } from './pending-answers.ts';
import { type FromWorker, isFromPrimary } from './worker-messages.ts';

/** The connection of a worker to its primary. `node:cluster` ends a worker whose primary is gone. */
export interface PrimaryLink {
  /** Resolves when the primary asks the worker to stop. */
  readonly stop: Promise<'stop'>;
  onReopenLogs(listener: () => void): void;
  ready(url: string): void;
  /**
   * Sends the primary the result of `measure` whenever it asks. Returns a function that gets the metrics of all
   * workers; only those of this worker if the primary does not answer in time.
   */
  shareMetrics(measure: () => Promise<MetricsSnapshot>): () => Promise<readonly MetricsSnapshot[]>;
  /** Call it before the process ends, if its start has failed. */
  failed(reason: string): Promise<void>;
  /**
   * Call it when every request is answered. Resolves when the primary sends no more connections to this worker. Later
   * connections go to other workers, and earlier ones were handed back.
   */
  drained(): Promise<void>;
}

/** In milliseconds. The primary waits no longer than this for hung workers. */
const SCRAPE_LIMIT = 5_000;

/** The connection to the primary. Null in a process that no primary started. */
export function linkToPrimary(): PrimaryLink | null {
  if (!cluster.isWorker) return null;
  const stop = Promise.withResolvers<'stop'>();
  const leave = Promise.withResolvers<void>();
  let reopenLogs = () => {};
  let measured: (() => Promise<MetricsSnapshot>) | undefined;
  const scrapes = pendingAnswers<readonly MetricsSnapshot[]>(SCRAPE_LIMIT);
  const onMessage = (message: unknown) => {
    if (!isFromPrimary(message)) return;
    if (message.microblog === 'stop') stop.resolve('stop');
    if (message.microblog === 'leave') leave.resolve();
    if (message.microblog === 'reopen-logs') reopenLogs();
    if (message.microblog === 'scraped') scrapes.answer(message.id, message.snapshots);
    if (message.microblog === 'measure') {
      const { id } = message;
      // If measuring fails, the primary omits this worker.
      void measured?.().then(
        (snapshot) => send({ microblog: 'measured', id, snapshot }),
        () => {},
      );
    }
  };
  process.on('message', onMessage);
  /** Closes the connection, since it would keep the process alive. */
  const letGo = () => {
    process.off('message', onMessage);
    process.channel?.unref();
  };
  return {
    stop: stop.promise,
    onReopenLogs(listener) {
      reopenLogs = listener;
    },
    shareMetrics(measure) {
      measured = measure;
      return async () => {
        const all = await scrapes.ask((id) => void send({ microblog: 'scrape', id }));
        return all === null || all.length === 0 ? [await measure()] : all;
      };
    },
    ready: (url) => void send({ microblog: 'ready', url }),
    async failed(reason) {
      await send({ microblog: 'failed', reason });
      letGo();
    },
    async drained() {
      await send({ microblog: 'drained' });
      await leave.promise;
      letGo();
    },
  };
}

/** Resolves when the message is sent. Sends nothing if the primary is gone. */
function send(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
}
