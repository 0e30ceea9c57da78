import type { Logger } from '@microblog/core';

/** Work that no response waits for, but the end of the process does. */
export interface BackgroundWork {
  /** Starts it; a failure is logged and harms nobody. */
  start(name: string, work: () => Promise<unknown>): void;
  /** Resolves when all that was started has ended. */
  settled(): Promise<void>;
}

/** Work that goes on after a response; whoever stops the process can wait for it. */
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
