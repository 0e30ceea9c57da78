import { describe, expect, it } from 'vitest';
import type { BenchResults } from '../bench.ts';
import { sampleMeasurement } from '../measuring/sample-measurement.ts';
import { isNoisy, markdown } from './markdown.ts';

const nothing: BenchResults = { pairs: [], compared: [], memory: [], embedded: null, growth: [] };
const quiet = { discarded: 0, noisy: false };

describe('the tables of a run', () => {
  it('show a page beside the floor, with shares and their spread', () => {
    const floor = sampleMeasurement({ rate: 2_000, serverTime: 0.25, databaseTime: 0.5 });
    const series = {
      ours: [sampleMeasurement({ rate: 400 }), sampleMeasurement({ rate: 600 })],
      floor: [floor, floor],
    };
    const pairs = [{ name: 'home, member', measured: { ...quiet, series } }];
    expect(markdown({ ...nothing, pairs }).split('\n')).toEqual([
      '| page | ours, requests/s | CPU ms a page: ours + Postgres | p50, p99 ms | floor, requests/s | CPU ms: floor + Postgres | share of floor | share by CPU | spread |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      '| home, member | 500 | 2.00 + 1.00 | 5.00, 9.00 | 2,000 | 0.25 + 0.50 | **0.25** | 0.25 | ±20 % |',
      '',
    ]);
  });

  it('mark rows in which other work had the processors, and say what is not known', () => {
    const series = { ours: [sampleMeasurement({ databaseTime: Number.NaN })] };
    const pairs = [{ name: 'publish', measured: { ...quiet, noisy: true, series } }];
    expect(markdown({ ...nothing, pairs })).toContain('| publish (!) | 100 | 2.00 + ? | 5.00, 9.00 |');
    expect(isNoisy({ ...nothing, pairs })).toBe(true);
    expect(isNoisy(nothing)).toBe(false);
  });

  it('compare other requests with the first', () => {
    const series = { explore: [sampleMeasurement()], search: [sampleMeasurement({ serverTime: 5 })] };
    const compared = [{ title: 'page', measured: { ...quiet, series } }];
    expect(markdown({ ...nothing, compared })).toContain('| search | 100 | 5.00 + 1.00 | 2.00 | 5,000 |');
  });

  it('show database time by the number of posts', () => {
    const growth = [10_000, 1_000_000].map((posts) => ({
      posts,
      measured: { ...quiet, series: { home: [sampleMeasurement({ databaseTime: posts / 1e6 })] } },
    }));
    expect(markdown({ ...nothing, growth })).toContain(
      '| Postgres, CPU ms | 10,000 posts | 1,000,000 posts |\n| --- | --- | --- |\n| home | 0.01 | 1.00 |',
    );
  });

  it('show memory, and the embedded database', () => {
    const measured = { ...quiet, series: { ours: [sampleMeasurement()] } };
    const tables = markdown({
      ...nothing,
      memory: [{ requests: 50_000, memory: { pss: 155.4, rss: 170 } }],
      embedded: {
        ...{
          posts: 360_000,
          startTime: 2_500,
          startTimeAfterRestore: 61_000,
          memoryAtStart: { pss: 300, rss: 310 },
          memoryUnderLoad: { pss: 350, rss: 360 },
        },
        ...{ home: measured, publish: measured },
      },
    });
    expect(tables).toContain('| 50,000 | 155 | 170 |');
    expect(tables).toContain('| home: requests/s at CPU ms | 100 at 2.00 |');
    expect(tables).toContain('| first start after a restore | 61.0 s |');
  });
});
