import cluster from 'node:cluster';
import type { MetricsSnapshot } from '@microblog/host-koa/composition';
import { pendingAnswers } from './pending-answers.ts';
import { type FromWorker, isFromPrimary } from './worker-messages.ts';

/** A worker's side of the line to its primary. A worker whose primary is gone ends by itself: `node:cluster` sees to it. */
export interface PrimaryLink {
  /** When the primary asks for the end. */
  readonly stop: Promise<'stop'>;
  onReopenLogs(listener: () => void): void;
  ready(url: string): void;
  /**
   * Tells the primary by `measure` what this worker has measured, whenever it asks. Returns how to learn what
   * all workers have; where the primary does not answer in time, that is what this one has.
   */
  shareMetrics(measure: () => Promise<MetricsSnapshot>): () => Promise<readonly MetricsSnapshot[]>;
  /** To be called at the end where the start failed. */
  failed(reason: string): Promise<void>;
  /**
   * To be called when everything is answered. Resolves when the primary has sent the last connection that it
   * had in hand: what comes after that goes to other workers, and what came before was handed back.
   */
  drained(): Promise<void>;
}

/** Milliseconds for the answer of the primary, which itself does not wait for workers that hang. */
const SCRAPE_LIMIT = 5_000;

/** Null in a process that no primary started. */
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
      // A worker that can't tell is left out.
      void measured?.().then(
        (snapshot) => send({ microblog: 'measured', id, snapshot }),
        () => {},
      );
    }
  };
  process.on('message', onMessage);
  /** The line would keep the process alive. */
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

/** Resolves when it is sent. A primary that is gone needs no message. */
function send(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, undefined, {}, () => resolve());
  });
}
