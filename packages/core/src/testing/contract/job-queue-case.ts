import type { Job, JobHandler, JobPayload, JobQueue } from '../../ports/job-queue.ts';
import type { Storage } from '../../ports/storage.ts';

/** A queue of the adapter that is proved, with what its cases need around it. */
export interface JobQueueUnderTest {
  readonly queue: JobQueue;
  /** One whose transactions the queue joins. */
  readonly storage: Storage;
  /** The queue as the next process finds it; for one that lives in memory, the same. */
  reopen(): JobQueue;
  /** Lets this time pass for the jobs that are kept. */
  pass(milliseconds: number): Promise<void>;
}

/** Opens a fresh, empty queue for one case. Whoever runs the case stops it afterwards, and those reopened. */
export type OpenJobQueue = () => Promise<JobQueueUnderTest>;

/** One behaviour that every job queue has. It passes when `run` resolves; it needs no test framework. */
export interface JobQueueContractCase {
  readonly name: string;
  run(open: OpenJobQueue): Promise<void>;
}

export function jobQueueCases(
  area: string,
  cases: Readonly<Record<string, (tested: JobQueueUnderTest) => Promise<void>>>,
): JobQueueContractCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name: `${area}: ${name}`,
    run: async (open) => run(await open()),
  }));
}

export function numbered(number: number, name = 'test.run'): Job {
  return { name, payload: { number } };
}

/** A handler that remembers what it was called with. */
export interface Recorder {
  readonly handler: JobHandler;
  /** The numbers of the jobs that it was called for, in that order. */
  readonly numbers: readonly number[];
  /** Resolves when it has been called that often. */
  called(times: number): Promise<void>;
}

/** `work` is what it does after remembering. */
export function recorder(work: JobHandler = async () => {}): Recorder {
  const numbers: number[] = [];
  return {
    numbers,
    async handler(payload: JobPayload) {
      numbers.push(Number(payload.number));
      await work(payload);
    },
    called: (times) => until(async () => numbers.length >= times),
  };
}

const PATIENCE_MS = 10_000;

/** Resolves when `condition` holds; rejects when it has not for ten seconds. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${condition}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
