import { describe, expect, it } from 'vitest';
import { median, spread } from './statistics.ts';

describe('median', () => {
  it('is the middle value, in whatever order they come', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two middle values of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });

  it('is not a number if there are no values', () => {
    expect(median([])).toBeNaN();
  });
});

describe('spread', () => {
  it('is half the distance of the extremes, as a share of the median', () => {
    expect(spread([90, 100, 120])).toBe(0.15);
  });

  it('is 0 for a single value', () => {
    expect(spread([7])).toBe(0);
  });
});
