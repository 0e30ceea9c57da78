import { describe, expect, it } from 'vitest';
import { backOff } from './restart-delay.ts';

describe('the delay before a worker is replaced', () => {
  it('doubles while lives are short, up to half a minute', () => {
    const { delayAfter } = backOff();
    const delays = Array.from({ length: 11 }, () => delayAfter(500));
    expect(delays.slice(0, 4)).toEqual([100, 200, 400, 800]);
    expect(delays.at(-1)).toBe(30_000);
  });

  it('is 0 after a long life, and starts again after it', () => {
    const { delayAfter } = backOff();
    delayAfter(0);
    delayAfter(0);
    expect(delayAfter(30_000)).toBe(0);
    expect(delayAfter(29_999)).toBe(100);
  });
});
