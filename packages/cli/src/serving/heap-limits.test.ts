import { describe, expect, it } from 'vitest';
import { availableMemory, heapFlags } from './heap-limits.ts';

const MB = 2 ** 20;
const GB = 2 ** 30;

describe('heapFlags', () => {
  it.each([
    ['a large server', 24_000, 1, 1_024, 16],
    ['a small server', 1_000, 1, 500, 16],
    ['a small dyno', 512, 1, 256, 16],
    ['two processes on a small dyno', 512, 2, 128, 8],
    ['the smallest container', 128, 1, 128, 8],
    ['more processes than fit', 512, 100, 128, 8],
  ])('for %s', (_name, memory, processes, oldSpace, semiSpace) => {
    expect(heapFlags({ memory, processes }, '')).toEqual([
      `--max-old-space-size=${oldSpace}`,
      `--max-semi-space-size=${semiSpace}`,
    ]);
  });
});

describe('heapFlags beside flags that are given', () => {
  const flags = (given: string) => heapFlags({ memory: 1_000, processes: 1 }, given);

  it.each([
    ['--max-old-space-size=300', ['--max-semi-space-size=16']],
    ['--trace-gc --max_semi_space_size=4', ['--max-old-space-size=500']],
    ['--max-old-space-size=300 --max-semi-space-size=4', []],
    ['--max-heap-size=300', []],
  ])('leaves %s alone', (given, missing) => {
    expect(flags(given)).toEqual(missing);
  });

  it('ignores flags of other kinds', () => {
    expect(flags('--conditions=max --stack-trace-limit=100')).toHaveLength(2);
  });
});

describe('availableMemory', () => {
  it('is that of the machine without a container', () => {
    expect(availableMemory(2 * GB, 0, {})).toBe(2_048);
  });

  it('is the limit of a container, if that is less', () => {
    expect(availableMemory(2 * GB, 512 * MB, {})).toBe(512);
    expect(availableMemory(2 * GB, 2 ** 63, {})).toBe(2_048);
  });

  it('is the size of a dyno, if that is less', () => {
    expect(availableMemory(64 * GB, 0, { MEMORY_AVAILABLE: '512' })).toBe(512);
    expect(availableMemory(2 * GB, 0, { MEMORY_AVAILABLE: 'much' })).toBe(2_048);
  });
});
