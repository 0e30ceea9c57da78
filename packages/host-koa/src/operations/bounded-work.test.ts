import { describe, expect, it } from 'vitest';
import { boundedWork } from './bounded-work.ts';

/** Work that ends when the test says so. */
function heldWork() {
  const begun: PromiseWithResolvers<string>[] = [];
  const work = () => {
    const held = Promise.withResolvers<string>();
    begun.push(held);
    return held.promise;
  };
  return { begun, work };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('bounded work', () => {
  it('runs a few at a time, the rest in order', async () => {
    const { begun, work } = heldWork();
    const bounded = boundedWork({ atOnce: 2, waiting: 10 });
    const results = [1, 2, 3, 4].map(() => bounded(work));
    await settled();
    expect(begun).toHaveLength(2);
    begun[0]?.resolve('first');
    await settled();
    expect(begun).toHaveLength(3);
    for (const [index, held] of begun.entries()) held.resolve(`result ${index}`);
    await settled();
    begun[3]?.resolve('last');
    expect(await Promise.all(results)).toEqual(['first', 'result 1', 'result 2', 'last']);
  });

  it('refuses what finds the line full', async () => {
    const { begun, work } = heldWork();
    const bounded = boundedWork({ atOnce: 1, waiting: 1 });
    const results = [bounded(work), bounded(work)];
    await expect(bounded(work)).rejects.toMatchObject({ code: 'too_busy' });
    begun[0]?.resolve('one');
    await settled();
    begun[1]?.resolve('two');
    expect(await Promise.all(results)).toEqual(['one', 'two']);
    const later = bounded(work);
    begun[2]?.resolve('three');
    expect(await later).toBe('three');
  });

  it('frees the place of work that fails', async () => {
    const bounded = boundedWork({ atOnce: 1, waiting: 0 });
    await expect(bounded(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await bounded(async () => 'next')).toBe('next');
  });
});
