import type { Timer } from '../ports/timer.ts';

/**
 * Resolves as `work` does. After `milliseconds` it rejects and aborts `signal`. Work that ignores the signal goes on;
 * its result or error is then ignored.
 */
export async function withTimeout<Result>(
  milliseconds: number,
  timer: Timer,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const cancelTimer = timer(milliseconds, () => {
    const error = new Error(`It took longer than ${milliseconds / 1000} seconds.`);
    controller.abort(error);
    late.reject(error);
  });
  try {
    return await Promise.race([work(controller.signal), late.promise]);
  } finally {
    cancelTimer();
  }
}
