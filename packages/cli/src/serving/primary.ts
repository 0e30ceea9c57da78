import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@microblog/core';
import { backOff } from './restart-delay.ts';
import { type Ending, startWorker, type WorkerProcess, type WorkersInCommon } from './worker-process.ts';

/** The workers of one primary process. */
export interface Workers {
  /** The address that they listen on. */
  readonly url: string;
  /** The process ids of the current workers. */
  pids(): readonly number[];
  /** Rejects if workers can't be kept alive. Resolves after they are stopped. */
  readonly ended: Promise<void>;
  /**
   * Replaces the workers one by one. Each stops when its successor accepts connections. A call meanwhile replaces all
   * once more afterwards. If a successor does not start, the other workers stay.
   */
  replaceAll(): void;
  reopenLogs(): void;
  /** Lets all workers answer their accepted requests and ends them in at most ten seconds. May be called twice. */
  stop(): Promise<void>;
}

/** One of `count` places. A worker that dies or is replaced frees its place. */
interface Slot {
  worker: WorkerProcess;
}

/** After this many failed starts in a row, and with no worker left, the next start would also fail. */
const FAILED_STARTS = 5;

/**
 * Starts `count` workers and keeps that number running. Starts the first one alone, since a fault that stops it would
 * stop all.
 * @throws {Error} with the worker's own message, if the first one does not start.
 */
export async function startWorkers(count: number, logger: Logger): Promise<Workers> {
  const workers = new Set<WorkerProcess>();
  const inCommon: WorkersInCommon = {
    async scrape() {
      const measured = await Promise.all([...workers].map((worker) => worker.measure()));
      return measured.filter((snapshot) => snapshot !== null);
    },
    isServed: () => [...workers].some((worker) => worker.serves()),
  };
  const first = startWorker(inCommon);
  const url = await first.ready;
  if (url === null) throw startFailure(await first.exited);
  workers.add(first);
  const slots: Slot[] = [{ worker: first }];
  const ended = Promise.withResolvers<void>();
  // The caller may not await it: without a handler, a rejection would end the process.
  ended.promise.catch(() => {});
  const stopped = new AbortController();
  let failedStarts = 0;
  let replacing: Promise<void> | undefined;
  let replaceAgain = false;

  function start(): WorkerProcess {
    const worker = startWorker(inCommon);
    workers.add(worker);
    void worker.exited.then(() => workers.delete(worker));
    void worker.ready.then((address) => {
      failedStarts = address === null ? failedStarts + 1 : 0;
    });
    return worker;
  }

  async function keep(slot: Slot): Promise<void> {
    const { delayAfter } = backOff();
    while (!stopped.signal.aborted) {
      const { worker } = slot;
      const ending = await worker.exited;
      if (stopped.signal.aborted) return;
      if (slot.worker !== worker) continue;
      if (failedStarts >= FAILED_STARTS && !slots.some((other) => other.worker.serves())) {
        ended.reject(startFailure(ending));
        return;
      }
      const milliseconds = delayAfter(performance.now() - worker.startedAt);
      logger.error(
        { worker: worker.pid, ...ending, restartsInMilliseconds: milliseconds },
        'a worker process died',
      );
      await wait(milliseconds, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted || slot.worker !== worker) continue;
      slot.worker = start();
      const { pid } = slot.worker;
      logger.info({ worker: pid, insteadOf: worker.pid }, 'a worker process was started');
    }
  }

  async function replaceEach(): Promise<void> {
    for (const slot of slots) {
      if (stopped.signal.aborted) return;
      const successor = start();
      if ((await successor.ready) === null) {
        const { message } = startFailure(await successor.exited);
        logger.error({ worker: successor.pid }, `the rolling restart stopped: ${message}`);
        return;
      }
      const { worker } = slot;
      slot.worker = successor;
      await worker.stop();
      logger.info({ worker: successor.pid, insteadOf: worker.pid }, 'a worker process was replaced');
    }
  }

  function replaceAll(): void {
    if (replacing !== undefined) {
      replaceAgain = true;
      return;
    }
    logger.info({ workers: count }, 'a rolling restart begins');
    replacing = replaceEach().finally(() => {
      replacing = undefined;
      if (!replaceAgain || stopped.signal.aborted) return;
      replaceAgain = false;
      replaceAll();
    });
  }

  void first.exited.then(() => workers.delete(first));
  for (let place = 1; place < count; place++) slots.push({ worker: start() });
  await Promise.all(slots.map(({ worker }) => worker.ready));
  const kept = slots.map(keep);

  return {
    url,
    pids: () => slots.map(({ worker }) => worker.pid),
    ended: ended.promise,
    replaceAll,
    reopenLogs() {
      for (const worker of workers) worker.reopenLogs();
    },
    async stop() {
      stopped.abort();
      await Promise.all([...workers].map((worker) => worker.stop()));
      await Promise.all([replacing, ...kept]);
      ended.resolve();
    },
  };
}

function startFailure({ code, signal, reason }: Ending): Error {
  return new Error(
    reason ??
      `A worker process ended with ${signal ?? `code ${code}`} before it was ready; its output has the reason.`,
  );
}
