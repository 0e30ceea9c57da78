import assert from 'node:assert/strict';
import { JOB_ATTEMPTS } from '../../jobs/job-policy.ts';
import { MicroblogError } from '../../kernel/errors.ts';
import type { Job } from '../../ports/job-queue.ts';
import { jobQueueCases, numbered, recorder, until } from './job-queue-case.ts';

const DAY = 24 * 60 * 60 * 1000;

export const jobRetryCases = jobQueueCases('attempts', {
  'a failed job runs again after a pause': async ({ queue, pass }) => {
    let failures = 1;
    const { handler, called, numbers } = recorder(async ({ number }) => {
      if (number === 1 && failures-- > 0) throw new Error('on purpose');
    });
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await until(async () => (await queue.statistics()).scheduled === 1);
    await queue.enqueue(numbered(2));
    await called(2);
    assert.deepEqual(numbers, [1, 2]);
    await pass(DAY);
    await called(3);
    assert.deepEqual(numbers, [1, 2, 1]);
    await until(async () => (await queue.statistics()).running === 0);
    assert.partialDeepStrictEqual(await queue.statistics(), { waiting: 0, scheduled: 0, failed: 0 });
  },
  'the first pause takes one to two minutes': async ({ queue, pass }) => {
    const { handler, called } = recorder(async () => {
      throw new Error('on purpose');
    });
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await until(async () => (await queue.statistics()).scheduled === 1);
    await pass(30_000);
    assert.equal((await queue.statistics()).scheduled, 1);
    await pass(100_000);
    await called(2);
  },
  'a job that fails five times is given up, kept and reported with its last error': async ({
    queue,
    pass,
  }) => {
    let attempt = 0;
    const { handler, called } = recorder(async () => {
      attempt += 1;
      throw new Error(`attempt ${attempt}`);
    });
    const reports: { job: Job; error: unknown }[] = [];
    await queue.start({ 'test.run': handler }, { onFailure: (job, error) => reports.push({ job, error }) });
    await queue.enqueue(numbered(7));
    for (let times = 1; times < JOB_ATTEMPTS; times++) {
      await called(times);
      await until(async () => (await queue.statistics()).scheduled === 1);
      assert.deepEqual(reports, []);
      await pass(DAY);
    }
    await until(async () => reports.length > 0);
    assert.equal(reports.length, 1);
    assert.deepEqual(reports[0]?.job, numbered(7));
    assert.ok(reports[0]?.error instanceof Error && reports[0].error.message === 'attempt 5');
    await pass(DAY);
    assert.equal(attempt, JOB_ATTEMPTS);
    assert.partialDeepStrictEqual(await queue.statistics(), {
      waiting: 0,
      scheduled: 0,
      running: 0,
      failed: 1,
    });
  },
  'other jobs still run if onFailure throws': async ({ queue }) => {
    const refused = new MicroblogError('mail_failed', 'on purpose', { details: { retry: false } });
    const { handler, numbers } = recorder((payload) =>
      payload.number === 1 ? Promise.reject(refused) : Promise.resolve(),
    );
    const onFailure = () => {
      throw new Error('on purpose, in the report');
    };
    await queue.start({ 'test.run': handler }, { onFailure });
    await queue.enqueue(numbered(1));
    await until(async () => (await queue.statistics()).failed === 1);
    await queue.enqueue(numbered(2));
    await until(async () => (await queue.statistics()).running === 0 && numbers.length === 2);
    assert.deepEqual(numbers, [1, 2]);
  },
  'a job is given up at once if its error has details.retry false': async ({ queue, pass }) => {
    const refused = new MicroblogError('mail_failed', 'on purpose', { details: { retry: false } });
    const { handler, numbers } = recorder(() => Promise.reject(refused));
    const reports: unknown[] = [];
    await queue.start({ 'test.run': handler }, { onFailure: (_, error) => reports.push(error) });
    await queue.enqueue(numbered(1));
    await until(async () => reports.length > 0);
    await pass(DAY);
    assert.deepEqual(reports, [refused]);
    assert.deepEqual(numbers, [1]);
    assert.partialDeepStrictEqual(await queue.statistics(), { waiting: 0, scheduled: 0, failed: 1 });
  },
  'a key is free again while its job waits for another attempt': async ({ queue }) => {
    const { handler, called, numbers } = recorder(async ({ number }) => {
      if (number === 1) throw new Error('on purpose');
    });
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1), { key: 'a' });
    await until(async () => (await queue.statistics()).scheduled === 1);
    await queue.enqueue(numbered(2), { key: 'a' });
    await called(2);
    assert.deepEqual(numbers, [1, 2]);
  },
  'a handler that throws a value other than an Error fails too': async ({ queue }) => {
    const handler = () => Promise.reject('on purpose');
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await until(async () => (await queue.statistics()).scheduled === 1);
  },
});
