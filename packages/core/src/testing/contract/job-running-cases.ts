import assert from 'node:assert/strict';
import type { JobHandler } from '../../ports/job-queue.ts';
import { jobQueueCases, numbered, recorder, until } from './job-queue-case.ts';

const HOUR = 60 * 60 * 1000;

export const jobRunningCases = jobQueueCases('running jobs', {
  'a job runs once': async ({ queue }) => {
    const { handler, called, numbers } = recorder();
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await queue.enqueue(numbered(2));
    await called(2);
    await until(async () => (await queue.statistics()).running === 0);
    assert.deepEqual(numbers, [1, 2]);
    assert.deepEqual(await queue.statistics(), {
      waiting: 0,
      scheduled: 0,
      running: 0,
      failed: 0,
      oldestWaitingSeconds: null,
    });
  },
  'jobs of one name begin in the order in which they were enqueued': async ({ queue }) => {
    const { handler, called, numbers } = recorder();
    const order = Array.from({ length: 20 }, (_, index) => index);
    for (const number of order) await queue.enqueue(numbered(number));
    await queue.start({ 'test.run': handler });
    await called(20);
    assert.deepEqual(numbers, order);
  },
  'jobs stay stored while the queue is not started': async ({ queue }) => {
    await queue.enqueue(numbered(1));
    const { handler, called } = recorder();
    await queue.start({ 'test.run': handler });
    await called(1);
  },
  'a slow job does not delay others': async ({ queue }) => {
    const gate = Promise.withResolvers<void>();
    const slow = recorder(() => gate.promise);
    const quick = recorder();
    await queue.start({ 'test.slow': slow.handler, 'test.quick': quick.handler });
    await queue.enqueue(numbered(1, 'test.slow'));
    await slow.called(1);
    await queue.enqueue(numbered(2, 'test.quick'));
    await quick.called(1);
    gate.resolve();
  },
  'jobs without a handler wait': async ({ queue }) => {
    const { handler, called, numbers } = recorder();
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1, 'test.unknown'));
    await queue.enqueue(numbered(2, 'toString'));
    await queue.enqueue(numbered(3));
    await called(1);
    await until(async () => (await queue.statistics()).running === 0);
    assert.deepEqual(numbers, [3]);
    assert.equal((await queue.statistics()).waiting, 2);
    await queue.stop();
    const later = recorder();
    await queue.start({ 'test.unknown': later.handler });
    await later.called(1);
    assert.deepEqual(later.numbers, [1]);
  },
  'handlers can be added and removed while jobs run': async ({ queue }) => {
    const first = recorder();
    const handlers: Record<string, JobHandler> = { 'test.first': first.handler };
    await queue.start(handlers);
    await queue.enqueue(numbered(1, 'test.later'));
    await queue.enqueue(numbered(2, 'test.first'));
    await first.called(1);
    const later = recorder();
    handlers['test.later'] = later.handler;
    queue.wake();
    await later.called(1);
    delete handlers['test.later'];
    await queue.enqueue(numbered(3, 'test.later'));
    await queue.enqueue(numbered(4, 'test.first'));
    await first.called(2);
    await until(async () => (await queue.statistics()).running === 0);
    assert.deepEqual([first.numbers, later.numbers], [[2, 4], [1]]);
    assert.equal((await queue.statistics()).waiting, 1);
  },
  'a job begins at its startAt, not before': async ({ queue, pass }) => {
    const { handler, called, numbers } = recorder();
    await queue.start({ 'test.run': handler });
    // Far ahead, both by the clock of the machine and by a test clock that stands still in the past.
    await queue.enqueue(numbered(1), { startAt: new Date(Date.now() + HOUR) });
    await queue.enqueue(numbered(2));
    await called(1);
    await until(async () => (await queue.statistics()).running === 0);
    assert.deepEqual(numbers, [2]);
    assert.partialDeepStrictEqual(await queue.statistics(), { waiting: 0, scheduled: 1 });
    await pass(Date.now() + 2 * HOUR);
    await called(2);
    assert.deepEqual(numbers, [2, 1]);
  },
  'statistics have the number of waiting jobs and the longest wait': async ({ queue, pass }) => {
    await queue.enqueue(numbered(1));
    await pass(HOUR);
    await queue.enqueue(numbered(2));
    await queue.enqueue(numbered(3), { startAt: new Date('2200-01-01') });
    const { oldestWaitingSeconds, ...counts } = await queue.statistics();
    assert.deepEqual(counts, { waiting: 2, scheduled: 1, running: 0, failed: 0 });
    assert.ok(Math.abs((oldestWaitingSeconds ?? 0) - HOUR / 1000) < 60, `${oldestWaitingSeconds} s`);
  },
  'statistics have the number of running jobs': async ({ queue }) => {
    const gate = Promise.withResolvers<void>();
    const { handler, called } = recorder(() => gate.promise);
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await called(1);
    assert.partialDeepStrictEqual(await queue.statistics(), { waiting: 0, running: 1 });
    gate.resolve();
  },
});
