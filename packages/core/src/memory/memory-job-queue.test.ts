import { afterEach, describe, expect, it } from 'vitest';
import type { JobQueue } from '../ports/job-queue.ts';
import { numbered, recorder, until } from '../testing/contract/job-queue-case.ts';
import { jobQueueContract } from '../testing/contract/job-queue-contract.ts';
import { manualTime } from '../testing/manual-time.ts';
import { memoryJobQueue } from './memory-job-queue.ts';
import { memoryStorage } from './memory-storage.ts';

describe('memoryJobQueue', () => {
  const opened: JobQueue[] = [];
  afterEach(async () => {
    for (const queue of opened.splice(0)) await queue.stop();
  });
  for (const { name, run } of jobQueueContract) {
    it(name, () =>
      run(async () => {
        const { clock, timer, pass } = manualTime();
        const queue = memoryJobQueue({ clock, timer });
        opened.push(queue);
        return { queue, storage: memoryStorage(), reopen: () => queue, pass: async (ms) => pass(ms) };
      }),
    );
  }
});

describe('memoryJobQueue with handlers of its own', () => {
  it('runs by itself until it is stopped', async () => {
    const { handler, called, numbers } = recorder();
    const queue = memoryJobQueue({ started: { handlers: { 'test.run': handler } } });
    await queue.enqueue(numbered(1));
    await called(1);
    await queue.stop();
    await queue.enqueue(numbered(2));
    expect((await queue.statistics()).waiting).toBe(1);
    expect(numbers).toEqual([1]);
  });

  it('calls onFailure for a job that is given up', async () => {
    const { clock, timer, pass } = manualTime();
    const failures: unknown[] = [];
    const handlers = { 'test.run': () => Promise.reject(new Error('on purpose')) };
    const onFailure = (job: unknown) => failures.push(job);
    const queue = memoryJobQueue({ clock, timer, started: { handlers, onFailure } });
    await queue.enqueue(numbered(1));
    await until(async () => {
      pass(24 * 60 * 60 * 1000);
      return (await queue.statistics()).failed === 1;
    });
    expect(failures).toEqual([numbered(1)]);
  });

  it('hands running jobs over to the first caller of start', async () => {
    const gate = Promise.withResolvers<void>();
    const [first, second] = [recorder(() => gate.promise), recorder()];
    const queue = memoryJobQueue({ started: { handlers: { 'test.run': first.handler } } });
    await queue.enqueue(numbered(1));
    await first.called(1);
    await queue.start({ 'test.run': second.handler });
    await queue.enqueue(numbered(2));
    await second.called(1);
    gate.resolve();
    await queue.stop();
    expect([first.numbers, second.numbers]).toEqual([[1], [2]]);
    await queue.start({});
    await expect(queue.start({})).rejects.toThrow('stop it first');
    await queue.stop();
  });
});
