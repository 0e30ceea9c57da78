import type { Timer } from '../ports/timer.ts';

/**
 * What `work` returns, unless that takes longer than `milliseconds`: then it rejects, and `signal` tells `work`
 * to end. Work that does not listen goes on, and what comes of it is left alone.
 */
export async function within<Result>(
  milliseconds: number,
  timer: Timer,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const late = Promise.withResolvers<never>();
  const callOff = timer(milliseconds, () => {
    const error = new Error(`It took longer than ${milliseconds / 1000} seconds.`);
    controller.abort(error);
    late.reject(error);
  });
  try {
    return await Promise.race([work(controller.signal), late.promise]);
  } finally {
    callOff();
  }
}
