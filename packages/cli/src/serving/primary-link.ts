import cluster from 'node:cluster';
import { type FromPrimary, type FromWorker, isFromPrimary } from './worker-messages.ts';

/** A worker's side of the line to its primary. A worker whose primary is gone ends by itself: `node:cluster` sees to it. */
export interface PrimaryLink {
  /** When the primary asks for the end. */
  readonly stop: Promise<'stop'>;
  onReopenLogs(listener: () => void): void;
  ready(url: string): void;
  /** To be called at the end where the start failed. */
  failed(reason: string): Promise<void>;
  /**
   * To be called when everything is answered. Resolves when the primary has sent the last connection that it
   * had in hand: what comes after that goes to other workers, and what came before was handed back.
   */
  drained(): Promise<void>;
}

/** Null in a process that no primary started. */
export function linkToPrimary(): PrimaryLink | null {
  if (!cluster.isWorker) return null;
  const stop = Promise.withResolvers<'stop'>();
  const leave = Promise.withResolvers<void>();
  let reopenLogs = () => {};
  const onMessage = (message: unknown) => {
    if (!isFromPrimary(message)) return;
    const listeners: Record<FromPrimary['microblog'], () => void> = {
      stop: () => stop.resolve('stop'),
      leave: () => leave.resolve(),
      'reopen-logs': () => reopenLogs(),
    };
    listeners[message.microblog]();
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
