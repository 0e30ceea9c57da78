import type { Logger } from '@microblog/core';

/** Work that runs after the response. The process waits for it before it ends. */
export interface BackgroundWork {
  /** Starts the work; a failure is only logged. */
  start(name: string, work: () => Promise<unknown>): void;
  /** Resolves when all started work has ended. */
  settled(): Promise<void>;
}

/** Runs work after a response, and lets a shutdown wait for it. */
export function backgroundWork(logger: Logger): BackgroundWork {
  const running = new Set<Promise<void>>();
  return {
    start(name, work) {
      const run = work().then(
        () => {},
        (error: unknown) => logger.warn({ err: error, work: name }, 'background work failed'),
      );
      const done: Promise<void> = run.finally(() => running.delete(done));
      running.add(done);
    },
    async settled() {
      await Promise.all(running);
    },
  };
}
