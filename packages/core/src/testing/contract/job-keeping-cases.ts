import assert from 'node:assert/strict';
import { builders } from '../builders.ts';
import { rejectsWith } from './contract-case.ts';
import { jobQueueCases, numbered, recorder } from './job-queue-case.ts';

export const jobKeepingCases = jobQueueCases('keeping jobs', {
  'a job of a transaction is stored with its other writes': async ({ queue, storage }) => {
    const { handler, called, numbers } = recorder();
    await queue.start({ 'test.run': handler });
    const user = await storage.transaction(async (transaction) => {
      await queue.enqueue(numbered(1), { transaction });
      assert.equal(numbers.length, 0);
      return transaction.users.insert(builders().user());
    });
    await called(1);
    assert.notEqual(await storage.users.find(user.id), null);
  },
  'a job of a transaction that is rolled back is not stored': async ({ queue, storage }) => {
    const { handler, called, numbers } = recorder();
    await queue.start({ 'test.run': handler });
    const failure = new Error('on purpose');
    const attempt = storage.transaction(async (transaction) => {
      await transaction.users.insert(builders().user());
      await queue.enqueue(numbered(1), { transaction });
      throw failure;
    });
    await assert.rejects(attempt, (error) => error === failure);
    assert.deepEqual((await storage.users.list({ limit: 1 })).items, []);
    // Jobs of one name begin in order. If job 1 existed, it would begin before this one.
    await queue.enqueue(numbered(2));
    await called(1);
    assert.deepEqual(numbers, [2]);
  },
  'several jobs of one transaction are stored in their order': async ({ queue, storage }) => {
    const { handler, called, numbers } = recorder();
    await storage.transaction(async (transaction) => {
      for (const number of [1, 2, 3]) await queue.enqueue(numbered(number), { transaction });
    });
    await queue.start({ 'test.run': handler });
    await called(3);
    assert.deepEqual(numbers, [1, 2, 3]);
  },
  'several jobs in one call are stored in their order, or not at all': async ({ queue, storage }) => {
    await queue.enqueue([]);
    await rejectsWith(queue.enqueue([numbered(1), numbered(2, "it's")]), 'invalid_input');
    const attempt = storage.transaction(async (transaction) => {
      await queue.enqueue([numbered(3), numbered(4)], { transaction });
      throw new Error('on purpose');
    });
    await assert.rejects(attempt);
    assert.equal((await queue.statistics()).waiting, 0);
    const { handler, called, numbers } = recorder();
    const other = recorder();
    await storage.transaction((transaction) =>
      queue.enqueue([numbered(5), numbered(6, 'test.other'), numbered(7)], { transaction }),
    );
    await queue.start({ 'test.run': handler, 'test.other': other.handler });
    await called(2);
    await other.called(1);
    assert.deepEqual([numbers, other.numbers], [[5, 7], [6]]);
  },
  'of jobs with one key that have not begun, only the first is stored': async ({ queue, storage }) => {
    const { handler, called, numbers } = recorder();
    await queue.enqueue(numbered(1), { key: 'a' });
    await queue.enqueue(numbered(2), { key: 'a' });
    await storage.transaction((transaction) => queue.enqueue(numbered(3), { key: 'a', transaction }));
    await queue.enqueue(numbered(4), { key: 'b' });
    await queue.enqueue(numbered(5, 'test.other'), { key: 'a' });
    await queue.enqueue(numbered(6));
    await queue.enqueue(numbered(7));
    assert.equal((await queue.statistics()).waiting, 5);
    await queue.start({ 'test.run': handler });
    await called(4);
    assert.deepEqual(numbers, [1, 4, 6, 7]);
  },
  'a key of a transaction that was rolled back is free': async ({ queue, storage }) => {
    const attempt = storage.transaction(async (transaction) => {
      await queue.enqueue(numbered(1), { key: 'a', transaction });
      throw new Error('on purpose');
    });
    await assert.rejects(attempt);
    await queue.enqueue(numbered(2), { key: 'a' });
    assert.equal((await queue.statistics()).waiting, 1);
  },
  'a job with the key of a running job is stored': async ({ queue }) => {
    const gate = Promise.withResolvers<void>();
    const { handler, called, numbers } = recorder(() => gate.promise);
    await queue.start({ 'test.run': handler });
    await queue.enqueue(numbered(1), { key: 'a' });
    await called(1);
    await queue.enqueue(numbered(2), { key: 'a' });
    gate.resolve();
    await called(2);
    assert.deepEqual(numbers, [1, 2]);
  },
  'the handler receives the payload unchanged': async ({ queue }) => {
    const payload = { text: `"quotes", 'more', \\, ? $1 and 👋`, number: 1.5, yes: true, nothing: null };
    const received = Promise.withResolvers<unknown>();
    await queue.start({ 'test.run': async (given) => received.resolve(given) });
    await queue.enqueue({ name: 'test.run', payload });
    assert.deepEqual(await received.promise, payload);
  },
  'an invalid name is refused': async ({ queue }) => {
    for (const name of ['', "it's", 'a b', '1st', 'x'.repeat(61)]) {
      await rejectsWith(queue.enqueue({ name, payload: {} }), 'invalid_input');
    }
    assert.equal((await queue.statistics()).waiting, 0);
  },
});
