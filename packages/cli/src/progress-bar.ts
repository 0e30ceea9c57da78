import type { CommandTerminal } from '@microblog/host-koa/composition';
import { SingleBar } from 'cli-progress';

export interface ProgressBar extends Disposable {
  start(total: number): void;
  advance(steps: number): void;
  /** Changes the displayed word for the current work. */
  rename(doing: string): void;
  /** Leaves the bar on the screen; later output appears below it. May be called twice. */
  stop(): void;
}

/**
 * A progress bar on standard error, only if that is a screen; pipes and logs get nothing. `doing` is one word such as
 * "Adding".
 */
export function progressBar({ stderr }: Pick<CommandTerminal, 'stderr'>, doing: string): ProgressBar {
  const bar = new SingleBar({
    format: '{doing}  {bar}  {percentage}%  {value} of {total}, {rate}/s, {eta_formatted} left',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: stderr,
    noTTYOutput: false,
    // Leave the line wrapping of the terminal as it is: a command that is killed could not switch it on again.
    linewrap: true,
    barsize: barSize(stderr.columns),
    // The estimate uses many steps: with few it is unsteady.
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

/** Of the bar in characters, so that the line fits on a screen of `columns`. Default: 80 columns. */
function barSize(columns = 80): number {
  // The rest of the line is at most so long: 'Backing up    100%  100000 of 100000, 20000/s, 1m10s left'.
  const rest = 60;
  return Math.max(8, Math.min(40, columns - rest));
}
