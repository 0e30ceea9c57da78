import { SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

export interface ProgressBar extends Disposable {
  start(total: number): void;
  advance(steps: number): void;
  /** Says what goes on from here. */
  rename(doing: string): void;
  /** Leaves it as it is; what is printed then comes below. May be called twice. */
  stop(): void;
}

/**
 * Drawn on stderr, and only for people: what a command prints stays on stdout, and in pipes and logs there
 * is nothing of it. `doing` is one word such as "Adding".
 */
export function progressBar({ stderr }: Terminal, doing: string): ProgressBar {
  const bar = new SingleBar({
    format: '{doing}  {bar}  {percentage}%  {value} of {total}, {rate}/s, {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: stderr,
    noTTYOutput: false,
    // Over many steps, or the guess jumps about.
    etaBuffer: 100,
  });
  let done = 0;
  let startedAt = 0;
  const rate = () => Math.round(done / Math.max(0.001, (performance.now() - startedAt) / 1000));
  return {
    start(total) {
      startedAt = performance.now();
      bar.start(total, 0, { doing, rate: 0 });
    },
    advance(steps) {
      done += steps;
      bar.update(done, { rate: rate() });
    },
    rename: (next) => bar.update(done, { doing: next }),
    stop: () => bar.stop(),
    [Symbol.dispose]: () => bar.stop(),
  };
}
