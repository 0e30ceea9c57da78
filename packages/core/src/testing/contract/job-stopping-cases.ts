import assert from 'node:assert/strict';
import { jobQueueCases, numbered, recorder, until } from './job-queue-case.ts';

const GRACE = 50;

export const jobStoppingCases = jobQueueCases('stopping', {
  'jobs that run may end': async ({ queue }) => {
    const gate = Promise.withResolvers<void>();
    let ended = false;
    const { handler, called } = recorder(async () => {
      await gate.promise;
      ended = true;
    });
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await called(1);
    const stopped = queue.stop();
    gate.resolve();
    await stopped;
    assert.equal(ended, true);
    assert.partialDeepStrictEqual(await queue.statistics(), { waiting: 0, scheduled: 0, running: 0 });
  },
  'jobs that do not end in time are given back, without an attempt counted': async ({
    queue,
    reopen,
    pass,
  }) => {
    const gate = Promise.withResolvers<void>();
    const { handler, called } = recorder(() => gate.promise);
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await called(1);
    const stopped = queue.stop({ graceMilliseconds: GRACE });
    await pass(GRACE);
    await stopped;
    assert.partialDeepStrictEqual(await queue.statistics(), { waiting: 1, scheduled: 0, running: 0 });
    const next = recorder();
    await reopen().start({ 'test.run': next.handler });
    await next.called(1);
    assert.deepEqual(next.numbers, [1]);
    gate.resolve();
    await until(async () => {
      const { waiting, running } = await queue.statistics();
      return waiting + running === 0;
    });
    assert.deepEqual(next.numbers, [1]);
  },
  'what ends after it was given back changes nothing': async ({ queue, pass }) => {
    const gate = Promise.withResolvers<void>();
    const { handler, called } = recorder(() => gate.promise);
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await called(1);
    const stopped = queue.stop({ graceMilliseconds: GRACE });
    await pass(GRACE);
    await stopped;
    gate.reject(new Error('on purpose'));
    await gate.promise.catch(() => {});
    assert.partialDeepStrictEqual(await queue.statistics(), { waiting: 1, scheduled: 0, failed: 0 });
  },
  'nothing begins once it has stopped, and jobs are kept all the same': async ({
    queue,
    reopen,
    storage,
  }) => {
    const { handler, numbers } = recorder();
    await queue.start({ 'test.run': handler });
    await queue.stop();
    await queue.enqueue(numbered(1));
    await storage.transaction((transaction) => queue.enqueue(numbered(2), { transaction }));
    assert.equal((await queue.statistics()).waiting, 2);
    const next = recorder();
    await reopen().start({ 'test.run': next.handler });
    await next.called(2);
    assert.deepEqual(numbers, []);
  },
  'it may be stopped twice, at once, and unstarted': async ({ queue }) => {
    await queue.stop();
    await queue.start({});
    await Promise.all([queue.stop(), queue.stop()]);
    await queue.stop();
  },
  'it may be started again, but not twice at a time': async ({ queue }) => {
    await queue.start({});
    await assert.rejects(queue.start({}), /stop it first/);
    await queue.stop();
    const { handler, called } = recorder();
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await called(1);
  },
});
