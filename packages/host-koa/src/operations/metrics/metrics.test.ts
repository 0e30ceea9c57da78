import { readFile } from 'node:fs/promises';
import { type JobStatistics, silentLogger } from '@microblog/core';
import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics, type Metrics, type MetricsNeeds } from './metrics.ts';
import { type MetricsSnapshot, metricsText } from './metrics-source.ts';

const opened: Metrics[] = [];
const metrics = (needs: Partial<MetricsNeeds> = {}) => {
  const made = createMetrics({ logger: silentLogger, version: '1.2.3', ...needs });
  opened.push(made);
  return made;
};
afterEach(() => {
  for (const made of opened.splice(0)) made.close();
});

const request = { requestId: 'a', method: 'GET', route: '/posts/:id', status: 200, milliseconds: 40 };
const statistics: JobStatistics = {
  waiting: 3,
  scheduled: 4,
  running: 1,
  failed: 2,
  oldestWaitingSeconds: 12.5,
};

describe('metrics', () => {
  it('count requests by method, route and status, in buckets of duration', async () => {
    const one = metrics();
    one.observeRequest(request);
    one.observeRequest({ ...request, milliseconds: 400 });
    one.observeRequest({ ...request, route: null, status: 404 });
    const text = await metricsText(one);
    const series = (le: string) =>
      `microblog_http_request_duration_seconds_bucket{le="${le}",method="GET",route="/posts/:id",status="200"}`;
    expect(text).toContain(`${series('0.025')} 0\n`);
    expect(text).toContain(`${series('0.05')} 1\n`);
    expect(text).toContain(`${series('+Inf')} 2\n`);
    expect(text).toContain('_count{method="GET",route="none",status="404"} 1\n');
  });

  it('show the pool if there is one', async () => {
    const pool = { size: 4, idle: 1, waiting: 2, limit: 10 };
    const text = await metricsText(metrics({ pool: () => pool }));
    expect(text).toContain('microblog_database_pool_connections 4\n');
    expect(text).toContain('microblog_database_pool_idle 1\n');
    expect(text).toContain('microblog_database_pool_waiting 2\n');
    expect(text).toContain('microblog_database_pool_limit 10\n');
    expect(await metricsText(metrics({ pool: () => null }))).not.toContain('database_pool');
  });

  it('show the job queue if there is one', async () => {
    const text = await metricsText(metrics({ jobs: { statistics: async () => statistics } }));
    expect(text).toContain('microblog_jobs{state="waiting"} 3\n');
    expect(text).toContain('microblog_jobs{state="scheduled"} 4\n');
    expect(text).toContain('microblog_jobs{state="running"} 1\n');
    expect(text).toContain('microblog_jobs{state="failed"} 2\n');
    expect(text).toContain('microblog_jobs_oldest_waiting_seconds 12.5\n');
    expect(await metricsText(metrics())).not.toContain('microblog_jobs');
  });

  it('count searches by what came of them, in buckets of duration', async () => {
    const one = metrics();
    one.observeSearch({ outcome: 'found', milliseconds: 7 });
    one.observeSearch({ outcome: 'found', milliseconds: 70 });
    one.observeSearch({ outcome: 'failed', milliseconds: 1 });
    const text = await metricsText(one);
    expect(text).toContain('microblog_search_duration_seconds_bucket{le="0.005",outcome="found"} 0\n');
    expect(text).toContain('microblog_search_duration_seconds_bucket{le="0.01",outcome="found"} 1\n');
    expect(text).toContain('microblog_search_duration_seconds_count{outcome="found"} 2\n');
    expect(text).toContain('microblog_search_duration_seconds_count{outcome="failed"} 1\n');
  });

  it('show how far the search index is behind, if there is one', async () => {
    const lag = async () => ({ posts: 3, seconds: 4.5 });
    const text = await metricsText(metrics({ search: { enabled: true, lag } }));
    expect(text).toContain('microblog_search_waiting_posts 3\n');
    expect(text).toContain('microblog_search_lag_seconds 4.5\n');
    for (const none of [metrics(), metrics({ search: { enabled: false, lag } })]) {
      expect(await metricsText(none)).not.toMatch(/search_(waiting|lag)/);
    }
  });

  it('go without the search index while it can not be asked, and are logged to do so', async () => {
    const warnings: string[] = [];
    let works = true;
    const one = metrics({
      logger: { ...silentLogger, warn: (_details, message) => void warnings.push(message) },
      search: {
        enabled: true,
        lag: () => (works ? Promise.resolve({ posts: 0, seconds: 0 }) : Promise.reject(new Error('down'))),
      },
    });
    expect(await metricsText(one)).toContain('microblog_search_waiting_posts 0\n');
    works = false;
    expect(await metricsText(one)).not.toMatch(/^microblog_search_(waiting|lag)/m);
    expect(warnings).toEqual(['metrics lack the search index']);
  });

  it('go without the job queue while it can not be asked, and are logged to do so', async () => {
    const warnings: string[] = [];
    let works = true;
    const one = metrics({
      logger: { ...silentLogger, warn: (_details, message) => void warnings.push(message) },
      jobs: { statistics: async () => (works ? statistics : Promise.reject(new Error('down'))) },
    });
    await metricsText(one);
    works = false;
    const text = await metricsText(one);
    expect(text).not.toMatch(/^microblog_jobs/m);
    expect(text).toContain('process_start_time_seconds');
    expect(warnings).toHaveLength(1);
    works = true;
    expect(await metricsText(one)).toContain('microblog_jobs{state="waiting"} 3\n');
  });

  it('show the process: versions, start, memory, processor time, lag of the event loop', async () => {
    const text = await metricsText(metrics());
    expect(text).toContain(`microblog_build_info{version="1.2.3",node="${process.versions.node}"} 1\n`);
    const value = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
    expect(Math.abs(value('process_start_time_seconds') - performance.timeOrigin / 1000)).toBeLessThan(5);
    for (const name of ['process_resident_memory_bytes', 'nodejs_heap_size_used_bytes'])
      expect(value(name)).toBeGreaterThan(1_000_000);
    expect(value('process_cpu_seconds_total')).toBeGreaterThan(0);
    for (const figure of ['p50', 'p99', 'max'])
      expect(value(`nodejs_eventloop_lag_${figure}_seconds`)).toBeGreaterThanOrEqual(0);
  });

  it('see a blocked event loop', async () => {
    const one = metrics();
    // The first sample of the clock measures how late the block makes it.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const until = performance.now() + 200;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const text = await metricsText(one);
    expect(Number(/^nodejs_eventloop_lag_max_seconds (.+)$/m.exec(text)?.[1])).toBeGreaterThan(0.1);
  });

  it('of two applications in one process are separate', async () => {
    const [one, other] = [metrics(), metrics()];
    one.observeRequest(request);
    expect(await metricsText(other)).not.toContain('/posts/:id');
  });
});

describe('docs/operations.md', () => {
  it('lists every metric with its type, labels and way of being put together, and no other', async () => {
    const one = metrics({
      pool: () => ({ size: 0, idle: 0, waiting: 0, limit: 1 }),
      jobs: { statistics: async () => statistics },
      search: { enabled: true, lag: async () => ({ posts: 0, seconds: 0 }) },
    });
    one.observeRequest(request);
    one.observeSearch({ outcome: 'found', milliseconds: 1 });
    const together: Record<string, string> = {
      sum: 'added',
      max: 'the greatest',
      min: 'the least',
      first: 'the first',
    };
    const measured = (await one.snapshot()).map(({ name, type, values, aggregator }) => {
      const labels = Object.keys(values[0]?.labels ?? {}).filter((label) => label !== 'le');
      return [name, String(type), labels.sort().join(), together[aggregator]];
    });
    const page = await readFile(new URL('../../../../../docs/operations.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `((?:microblog|nodejs|process)_\w+)` .*$/gm)].map(
      ([row, name]) => {
        const [, , type = '', labels = '', , aggregation = ''] = row.split('|').map((cell) => cell.trim());
        return [name, type, [...labels.matchAll(/\w+/g)].flat().sort().join(), aggregation];
      },
    );
    expect(documented.sort()).toEqual(measured.sort());
  });
});

describe('metrics of several processes', () => {
  it('are one text: requests and memory added, lag and queue the greatest, start the first', async () => {
    const pool = { size: 4, idle: 1, waiting: 0, limit: 10 };
    const workers = [1, 2].map(() =>
      metrics({ pool: () => pool, jobs: { statistics: async () => statistics } }),
    );
    for (const worker of workers) worker.observeRequest(request);
    // In the form in which snapshots are sent between processes.
    const snapshots: MetricsSnapshot[] = JSON.parse(
      JSON.stringify(await Promise.all(workers.map((worker) => worker.snapshot()))),
    );
    const text = await metricsText({ snapshots: async () => snapshots });
    expect(text).toContain(
      'microblog_http_request_duration_seconds_count{method="GET",route="/posts/:id",status="200"} 2\n',
    );
    expect(text).toContain('microblog_database_pool_connections 8\n');
    expect(text).toContain('microblog_jobs{state="waiting"} 3\n');
    expect(text.match(/^microblog_build_info/gm)).toHaveLength(1);
    const start = Number(/^process_start_time_seconds (.+)$/m.exec(text)?.[1]);
    expect(Math.abs(start - performance.timeOrigin / 1000)).toBeLessThan(5);
  });
});
