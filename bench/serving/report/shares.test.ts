import { describe, expect, it } from 'vitest';
import { sampleMeasurement } from '../measuring/sample-measurement.ts';
import { lostShares, shareOf, shareSpread, sharesOf } from './shares.ts';

const quiet = { discarded: 0, noisy: false };

describe('a share', () => {
  const fast = sampleMeasurement({ rate: 400, serverTime: 0.5, databaseTime: 0.25 });

  it('compares requests per second, and processor time of server and database together', () => {
    expect(shareOf([sampleMeasurement()], [fast])).toEqual({ rate: 0.25, time: 0.25 });
  });

  it('is the median of the rounds, each compared with its own counterpart', () => {
    const ours = [100, 50, 10].map((rate) => sampleMeasurement({ rate }));
    const theirs = [400, 200, 400].map((rate) => sampleMeasurement({ rate }));
    expect(shareOf(ours, theirs).rate).toBe(0.25);
    expect(shareSpread(ours, theirs)).toBeCloseTo(0.45);
  });

  it('leaves out rounds that one of the two does not have', () => {
    expect(shareOf([sampleMeasurement(), sampleMeasurement({ rate: 1 })], [fast]).rate).toBe(0.25);
  });
});

describe('the shares of a run', () => {
  it('are those of pages to the floor, and of other requests to the first of their table', () => {
    const pairs = [
      {
        name: 'home',
        measured: {
          ...quiet,
          series: { ours: [sampleMeasurement()], floor: [sampleMeasurement({ rate: 200 })] },
        },
      },
    ];
    const compared = [
      {
        measured: {
          ...quiet,
          series: { explore: [sampleMeasurement()], search: [sampleMeasurement({ serverTime: 5 })] },
        },
      },
    ];
    expect(sharesOf({ pairs, compared })).toEqual({
      home: { rate: 0.5, time: 1 },
      search: { rate: 1, time: 0.5 },
    });
  });

  it('lack pages that were measured without a floor', () => {
    const pairs = [{ name: 'home', measured: { ...quiet, series: { ours: [sampleMeasurement()] } } }];
    expect(sharesOf({ pairs, compared: [] })).toEqual({});
  });
});

describe('the check of shares', () => {
  const committed = { home: { rate: 0.5, time: 0.4 } };

  it('passes a loss of up to 15 %, and every gain', () => {
    expect(lostShares(committed, { home: { rate: 0.426, time: 0.9 } })).toEqual([]);
  });

  it('names the row and the figure of a greater loss', () => {
    expect(lostShares(committed, { home: { rate: 0.4, time: 0.4 } })).toEqual([
      'home: the share by requests per second lost 20 % (0.500 before, 0.400 now).',
    ]);
    expect(lostShares(committed, { home: { rate: 0.5, time: 0.3 } })).toEqual([
      'home: the share by processor time lost 25 % (0.400 before, 0.300 now).',
    ]);
  });

  it('does not compare rows that only one side has, or figures that are not known', () => {
    expect(lostShares(committed, { explore: { rate: 0.1, time: 0.1 } })).toEqual([]);
    expect(lostShares(committed, { home: { rate: 0.5, time: Number.NaN } })).toEqual([]);
  });
});
