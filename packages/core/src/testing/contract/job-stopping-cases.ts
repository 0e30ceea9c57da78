import assert from 'node:assert/strict';
import { jobQueueCases, numbered, recorder, until } from './job-queue-case.ts';

const GRACE = 50;

export const jobStoppingCases = jobQueueCases('stopping', {
  'running jobs can end in the grace time': async ({ queue }) => {
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
  'jobs that do not end in time are given back, and the attempt is not counted': async ({
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
  'a job that ends after it was given back changes nothing': async ({ queue, pass }) => {
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
  'a stopped queue starts no job but still stores new ones': async ({ queue, reopen, storage }) => {
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
  'it may be stopped twice, concurrently, and before start': async ({ queue }) => {
    await queue.stop();
    await queue.start({});
    await Promise.all([queue.stop(), queue.stop()]);
    await queue.stop();
  },
  'it may be started again after stop, but not while it runs': async ({ queue }) => {
    await queue.start({});
    await assert.rejects(queue.start({}), /stop it first/);
    await queue.stop();
    const { handler, called } = recorder();
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1));
    await called(1);
  },
});
