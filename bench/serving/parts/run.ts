import type { Turns } from '../measuring/in-turn.ts';
import type { Measuring } from '../measuring/measure.ts';
import type { Subjects } from '../measuring/people-and-posts.ts';
import type { BenchOptions } from '../options.ts';
import type { ServedMicroblog } from '../processes/microblog.ts';

/** What the parts of a run share. */
export interface Run {
  readonly options: BenchOptions;
  readonly turns: Turns;
  readonly measuring: Measuring;
  readonly subjects: Subjects;
  readonly ours: ServedMicroblog;
  /** Says what was done, while the run goes on. */
  progress(what: string): void;
}
