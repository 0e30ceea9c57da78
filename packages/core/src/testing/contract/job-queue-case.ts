import type { Job, JobHandler, JobPayload, JobQueue } from '../../ports/job-queue.ts';
import type { Storage } from '../../ports/storage.ts';

/** A queue of the tested adapter, with what the cases need. */
export interface JobQueueUnderTest {
  readonly queue: JobQueue;
  /** A storage whose transactions the queue joins. */
  readonly storage: Storage;
  /** Opens the queue as the next process would. A queue in memory returns the same queue. */
  reopen(): JobQueue;
  /** Makes stored jobs this much older. */
  pass(milliseconds: number): Promise<void>;
}

/** Opens a new, empty queue for one case. The test runner stops it, and the reopened ones, after the case. */
export type OpenJobQueue = () => Promise<JobQueueUnderTest>;

/** One behaviour of every job queue. The case passes if `run` resolves. It needs no test framework. */
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

/** A handler that records its calls. */
export interface Recorder {
  readonly handler: JobHandler;
  /** The numbers of the jobs that it ran, in order. */
  readonly numbers: readonly number[];
  /** Resolves after this number of calls. */
  called(times: number): Promise<void>;
}

/** `work` runs after each recording. */
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

const TIMEOUT_MS = 10_000;

/** Resolves when `condition` holds; rejects after ten seconds. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Timed out waiting for ${condition}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
